package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusByteTest {

  @Test
  void keepsEveryStateAndCountApart() {
    Set<Byte> seen = new HashSet<>();
    for (MessageState state : MessageState.values()) {
      for (int attempts = 0; attempts <= 7; attempts++) {
        byte status = StatusByte.of(state, attempts);

        assertThat(StatusByte.state(status)).isEqualTo(state);
        assertThat(StatusByte.attempts(status)).isEqualTo(attempts);
        assertThat(seen.add(status)).isTrue();
      }
    }
  }

  /// What databases hold, and what SQL by hand reads with get_byte: never changes.
  @ParameterizedTest
  @CsvSource({
    "QUEUED, 0, 0x00",
    "QUEUED, 1, 0x20",
    "IN_FLIGHT, 1, 0x21",
    "SENT, 1, 0x22",
    "DELIVERED, 3, 0x63",
    "REJECTED_NO_ADDRESS, 0, 0x10",
    "UNKNOWN, 7, 0xec"
  })
  void isStoredAsEver(MessageState state, int attempts, String stored) {
    assertThat(StatusByte.of(state, attempts)).isEqualTo(Integer.decode(stored).byteValue());
    assertThat(StatusByte.STATE_MASK).isEqualTo(0x1f);
    assertThat(StatusByte.ATTEMPT_SHIFT).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "8, 7", "1000, 7"})
  void keepsTheStateWhenTheCountIsOutOfRange(int attempts, int kept) {
    byte status = StatusByte.of(MessageState.SENT, attempts);

    assertThat(StatusByte.state(status)).isEqualTo(MessageState.SENT);
    assertThat(StatusByte.attempts(status)).isEqualTo(kept);
  }

  @ParameterizedTest
  @EnumSource
  void movesToTheTargetAndCountsWithinItsBounds(MessageTransition transition) {
    for (int attempts = 0; attempts <= 7; attempts++) {
      byte before = StatusByte.of(transition.sources().iterator().next(), attempts);
      byte after = StatusByte.moved(before, transition);
      int counted = attempts + transition.attemptChange();

      assertThat(StatusByte.state(after)).isEqualTo(transition.target());
      assertThat(StatusByte.attempts(after)).isEqualTo(Math.min(7, Math.max(0, counted)));
    }
  }
}
