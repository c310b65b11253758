package dev.carillon.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarrierWordsTest {
  private static final String PAIR = "😀";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 254, 255})
  void keepsWhatFits(int length) {
    assertThat(CarrierWords.fit("x".repeat(length))).isEqualTo("x".repeat(length));
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 257, 100_000})
  void cutsWhatIsLonger(int length) {
    assertThat(CarrierWords.fit("x".repeat(length))).isEqualTo("x".repeat(255));
  }

  @Test
  void neverCutsAPairInTwo() {
    assertThat(CarrierWords.fit("x".repeat(253) + PAIR)).isEqualTo("x".repeat(253) + PAIR);
    assertThat(CarrierWords.fit("x".repeat(253) + PAIR + "y")).isEqualTo("x".repeat(253) + PAIR);
    assertThat(CarrierWords.fit("x".repeat(254) + PAIR)).isEqualTo("x".repeat(254));
    assertThat(CarrierWords.fit("x".repeat(255) + PAIR)).isEqualTo("x".repeat(255));
  }

  @Test
  void takesHalfAPairAtTheVeryEnd() {
    String half = PAIR.substring(0, 1);

    assertThat(CarrierWords.fit("x".repeat(254) + half)).isEqualTo("x".repeat(254) + half);
    assertThat(CarrierWords.fit("x".repeat(254) + half + "y")).isEqualTo("x".repeat(254) + half);
  }

  @Test
  void replacesWhatNoDatabaseHolds() {
    assertThat(CarrierWords.fit("a\0b")).isEqualTo("a b");
  }

  @Test
  void fitsTheWordsOfReceipts() {
    Receipt receipt =
        new Receipt(
            new MessageRef(new JobId(1), 2, 3),
            ReceiptKind.UNDELIVERED,
            Reason.NOT_DELIVERED,
            "\0".repeat(256),
            new CarrierId("simulated"),
            "id-1",
            Instant.EPOCH);

    assertThat(receipt.detail()).isEqualTo(" ".repeat(255));
  }
}
