package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageStatus;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetrySelectionTest {
  @ParameterizedTest
  @EnumSource(MessageState.class)
  void takesByDefaultWhatSurelyDidNotArrive(MessageState state) {
    Set<MessageState> wanted =
        Set.of(
            MessageState.FAILED,
            MessageState.FAILED_SYSTEM_ERROR,
            MessageState.UNDELIVERED,
            MessageState.EXPIRED);

    assertThat(RetrySelection.DEFAULT.takes(state, Reason.CARRIER_REFUSED))
        .isEqualTo(wanted.contains(state));
  }

  @ParameterizedTest
  @EnumSource(MessageState.class)
  void takesWhatMayHaveArrivedOnlyOnDemand(MessageState state) {
    RetrySelection inDoubt = new RetrySelection(Set.of(), Set.of(), true);
    Set<MessageState> wanted =
        Set.of(
            MessageState.UNKNOWN, MessageState.UNKNOWN_RESENT, MessageState.FAILED_OUTCOME_UNKNOWN);

    assertThat(inDoubt.takes(state, null)).isEqualTo(wanted.contains(state));
  }

  @Test
  void takesOnlyTheReasonsWanted() {
    RetrySelection unreachable =
        new RetrySelection(Set.of(MessageStatus.FAILED), Set.of(Reason.CARRIER_UNREACHABLE), false);

    assertThat(unreachable.takes(MessageState.FAILED, Reason.CARRIER_UNREACHABLE)).isTrue();
    assertThat(unreachable.takes(MessageState.FAILED, Reason.CARRIER_REFUSED)).isFalse();
    assertThat(unreachable.takes(MessageState.FAILED, null)).isFalse();
    assertThat(unreachable.takes(MessageState.FAILED_SYSTEM_ERROR, null)).isFalse();
  }

  @Test
  void neverWritesToWhoHasOptedOut() {
    RetrySelection cancelled = new RetrySelection(Set.of(MessageStatus.CANCELLED), Set.of(), false);

    assertThat(cancelled.takes(MessageState.CANCELLED, null)).isTrue();
    assertThat(cancelled.takes(MessageState.CANCELLED_SUPPRESSED, null)).isFalse();
    assertThat(cancelled.takes(MessageState.CANCELLED_DELETED, null)).isFalse();
  }

  @Test
  void cannotAskForWhatArrived() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetrySelection(Set.of(MessageStatus.DELIVERED), Set.of(), false));
  }
}
