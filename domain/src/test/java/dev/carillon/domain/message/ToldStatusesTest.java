package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToldStatusesTest {
  /// Bits are stored: never changed.
  @ParameterizedTest
  @CsvSource({
    "SENT, 1",
    "DELIVERED, 2",
    "READ, 4",
    "UNDELIVERED, 8",
    "FAILED, 16",
    "EXPIRED, 32",
    "CANCELLED, 64",
    "UNKNOWN, 128",
    "PENDING, 0",
    "QUEUED, 0",
    "REJECTED, 0"
  })
  void keepsItsBits(MessageStatus status, int bits) {
    assertThat(ToldStatuses.of(Set.of(status)).bits()).isEqualTo(bits);
    assertThat(ToldStatuses.ALL.bits() & bits).isEqualTo(bits);
  }

  @Test
  void isWhatWasPutIntoIt() {
    ToldStatuses told =
        ToldStatuses.of(EnumSet.of(MessageStatus.READ, MessageStatus.FAILED, MessageStatus.QUEUED));

    assertThat(told.statuses()).containsExactly(MessageStatus.READ, MessageStatus.FAILED);
    assertThat(told.with(MessageStatus.SENT).statuses())
        .containsExactly(MessageStatus.SENT, MessageStatus.READ, MessageStatus.FAILED);
    assertThat(told.contains(MessageStatus.SENT)).isFalse();
    assertThat(told.isEmpty()).isFalse();
    assertThat(ToldStatuses.NONE.isEmpty()).isTrue();
    assertThat(ToldStatuses.NONE.statuses()).isEmpty();
  }
}
