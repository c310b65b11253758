package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.BulkId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdTest {
  private static final String BULK = "019a0b1c-2d3e-7f40-8a51-62738495a6b7";

  @Test
  void isWrittenAsBulkIdAndPosition() {
    MessageId id = new MessageId(new BulkId(UUID.fromString(BULK)), 42);

    assertThat(id).hasToString(BULK + "-42");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 9_999_999, 999_999_999})
  void readsWhatItWrites(int position) {
    MessageId id = new MessageId(new BulkId(UUID.fromString(BULK)), position);

    assertThat(MessageId.parse(id.toString())).contains(id);
  }

  @Test
  void readsWhatItWritesWhateverTheIdAndPosition() {
    SeededCases.run(
        1_000,
        random -> {
          UUID uuid = new UUID(random.nextLong(), random.nextLong());
          MessageId id = new MessageId(new BulkId(uuid), random.nextInt(10_000_000));
          assertThat(MessageId.parse(id.toString())).contains(id);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "-1",
        "1",
        BULK,
        BULK + "-",
        BULK + "-+1",
        BULK + "--1",
        BULK + "-1 ",
        BULK + "- 1",
        BULK + "-1a",
        BULK + "-0x1",
        BULK + "-1.0",
        BULK + "-٣",
        BULK + "-:",
        BULK + "-/",
        BULK + "_1",
        BULK + "11",
        BULK + "-1000000000",
        BULK + "-2147483648",
        BULK + "-1-1",
        " " + BULK + "-1",
        "019a0b1c-2d3e-7f40-8a51-62738495a6b-1",
        "019a0b1c-2d3e-7f40-8a51-62738495a6bg-1",
        "019a0b1c-2d3e-7f40-8a51-6273849-5a6b-1",
        "' or 1=1 --"
      })
  void namesNoMessageByAnyOtherText(String text) {
    assertThat(MessageId.parse(text)).isEmpty();
  }

  @Test
  void survivesLongTexts() {
    assertThat(MessageId.parse(BULK + "-" + "1".repeat(1_000_000))).isEmpty();
    assertThat(MessageId.parse("-".repeat(1_000_000))).isEmpty();
  }
}
