package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.domain.delivery.Reason;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageStateTest {

  /// What databases hold: a row of this table may be added, never changed.
  @ParameterizedTest
  @CsvSource({
    "QUEUED, 0, QUEUED,",
    "IN_FLIGHT, 1, QUEUED,",
    "SENT, 2, SENT,",
    "DELIVERED, 3, DELIVERED,",
    "READ, 4, READ,",
    "UNDELIVERED, 5, UNDELIVERED,",
    "FAILED, 6, FAILED,",
    "FAILED_OUTCOME_UNKNOWN, 7, FAILED, OUTCOME_UNKNOWN",
    "FAILED_SYSTEM_ERROR, 8, FAILED, SYSTEM_ERROR",
    "EXPIRED, 9, EXPIRED, EXPIRED",
    "CANCELLED, 10, CANCELLED, CANCELLED",
    "CANCELLED_SUPPRESSED, 11, CANCELLED, SUPPRESSED",
    "UNKNOWN, 12, UNKNOWN, OUTCOME_UNKNOWN",
    "REJECTED_INVALID, 13, REJECTED,",
    "REJECTED_DUPLICATE, 14, REJECTED, DUPLICATE",
    "REJECTED_SUPPRESSED, 15, REJECTED, SUPPRESSED",
    "REJECTED_NO_ADDRESS, 16, REJECTED, NO_ADDRESS",
    "RESENDING, 17, UNKNOWN, OUTCOME_UNKNOWN",
    "UNKNOWN_RESENT, 18, UNKNOWN, OUTCOME_UNKNOWN",
    "CANCELLED_DELETED, 19, CANCELLED, RECIPIENT_DELETED"
  })
  void keepsItsCodeStatusAndReason(
      MessageState state, int code, MessageStatus status, @Nullable Reason reason) {
    assertThat(state.code()).isEqualTo(code);
    assertThat(MessageState.of(code)).isEqualTo(state);
    assertThat(state.status(true)).isEqualTo(status);
    assertThat(state.reason()).isEqualTo(reason);
    assertThat(state.isAccepted()).isEqualTo(status != MessageStatus.REJECTED);
  }

  @Test
  void hasAsManyStatesAsTheTable() {
    assertThat(MessageState.values()).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 20, 31})
  void knowsNoOtherCode(int code) {
    assertThatThrownBy(() -> MessageState.of(code)).isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @EnumSource
  void isPendingInsteadOfQueuedUntilTheJobHasStarted(MessageState state) {
    MessageStatus started = state.status(true);

    assertThat(state.status(false))
        .isEqualTo(started == MessageStatus.QUEUED ? MessageStatus.PENDING : started);
  }

  @Test
  void showsEveryStatus() {
    Set<MessageStatus> shown = EnumSet.noneOf(MessageStatus.class);
    for (MessageState state : MessageState.values()) {
      shown.add(state.status(true));
      shown.add(state.status(false));
    }

    assertThat(shown).containsExactlyInAnyOrder(MessageStatus.values());
  }

  @ParameterizedTest
  @EnumSource
  void keepsAChunkOpenOnlyWhileWaitingOrUnanswered(MessageState state) {
    boolean waits = state.status(true) == MessageStatus.QUEUED || state.isMarked();

    assertThat(state.keepsChunkOpen(false)).isEqualTo(waits);
    assertThat(state.keepsChunkOpen(true)).isEqualTo(waits || state == MessageState.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void isRejectedInvalidUnlessTheReasonHasABucketOfItsOwn(Reason reason) {
    MessageState expected =
        switch (reason) {
          case DUPLICATE -> MessageState.REJECTED_DUPLICATE;
          case SUPPRESSED, EXCLUDED, FREQUENCY_CAPPED -> MessageState.REJECTED_SUPPRESSED;
          case NO_ADDRESS -> MessageState.REJECTED_NO_ADDRESS;
          default -> MessageState.REJECTED_INVALID;
        };

    assertThat(MessageState.rejectedFor(reason)).isEqualTo(expected);
  }
}
