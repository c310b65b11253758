package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.JobId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRefTest {

  @Test
  void isWrittenAsJobChunkAndPosition() {
    assertThat(new MessageRef(new JobId(12), 3, 456)).hasToString("12.3.456");
    assertThat(MessageRef.parse("12.3.456")).contains(new MessageRef(new JobId(12), 3, 456));
  }

  @Test
  void knowsItsChunk() {
    assertThat(new MessageRef(new JobId(12), 3, 456).chunkKey())
        .isEqualTo(new ChunkKey(new JobId(12), 3));
  }

  @Test
  void readsWhatItWrites() {
    SeededCases.run(
        1_000,
        random -> {
          MessageRef ref =
              new MessageRef(
                  new JobId(random.nextLong(1_000_000_000_000_000_000L)),
                  random.nextInt(1_000_000_000),
                  random.nextInt(1_000_000_000));
          assertThat(MessageRef.parse(ref.toString())).contains(ref);
        });
  }

  @Test
  void readsTheLargest() {
    assertThat(MessageRef.parse("999999999999999999.999999999.999999999"))
        .contains(new MessageRef(new JobId(999_999_999_999_999_999L), 999_999_999, 999_999_999));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "1",
        "1.2",
        "1.2.",
        ".1.2",
        "1..2",
        "1.2.3.4",
        "-1.2.3",
        "+1.2.3",
        "1.-2.3",
        "1.2.3 ",
        " 1.2.3",
        "1.2.3\n",
        "1,2,3",
        "a.b.c",
        "0x1.2.3",
        "١.٢.٣",
        "1000000000000000000.0.0",
        "9223372036854775808.0.0",
        "1.1000000000.3",
        "1.2.1000000000",
        "1.2.2147483648"
      })
  void namesNoMessageByAnyOtherText(String text) {
    assertThat(MessageRef.parse(text)).isEmpty();
  }

  @Test
  void survivesLongTexts() {
    assertThat(MessageRef.parse("1".repeat(1_000_000))).isEmpty();
    assertThat(MessageRef.parse("1.".repeat(500_000))).isEmpty();
  }
}
