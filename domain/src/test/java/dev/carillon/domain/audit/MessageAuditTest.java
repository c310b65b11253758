package dev.carillon.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.message.MessageState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageAuditTest {
  private static final Evidence RECEIPT_ONLY = new Evidence(0, 0, 0, 0, false, true);

  @ParameterizedTest
  @EnumSource(names = {"SENT", "DELIVERED", "READ", "UNDELIVERED"})
  void whatWasTakenNeedsAnAcceptedAttemptOrAReceipt(MessageState state) {
    assertThat(MessageAudit.of(state, 1, accepted(1, 0))).isEmpty();
    assertThat(MessageAudit.of(state, 1, RECEIPT_ONLY)).isEmpty();
    assertThat(MessageAudit.of(state, 1, Evidence.NONE))
        .containsExactly(
            state + " although neither an attempt nor a receipt says that it was taken");
  }

  @Test
  void anAttemptBeyondTheCountWasNeverMarked() {
    assertThat(MessageAudit.of(MessageState.FAILED, 1, new Evidence(2, 2, 0, 0, true, false)))
        .containsExactly("attempt 2 is stored, but only 1 are counted");
  }

  @Test
  void aLostAttemptMayHaveBeenGivenBackWhenItsAnswerCame() {
    assertThat(MessageAudit.of(MessageState.CANCELLED, 0, new Evidence(1, 0, 0, 0, false, false)))
        .isEmpty();
  }

  @Test
  void aSecondAcceptedAttemptWithoutAFlagIsASilentDouble() {
    assertThat(MessageAudit.of(MessageState.SENT, 2, accepted(2, 0)))
        .containsExactly("accepted 2 times, of which only 0 were flagged as a possible duplicate");
    assertThat(MessageAudit.of(MessageState.SENT, 2, accepted(2, 1))).isEmpty();
    assertThat(MessageAudit.of(MessageState.SENT, 3, accepted(3, 1))).hasSize(1);
    assertThat(MessageAudit.of(MessageState.SENT, 3, accepted(3, 2))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"QUEUED", "IN_FLIGHT", "UNKNOWN", "FAILED_OUTCOME_UNKNOWN", "CANCELLED", "EXPIRED"})
  void whatACarrierAcceptedIsNothingLess(MessageState state) {
    assertThat(MessageAudit.of(state, 1, accepted(1, 0)))
        .containsExactly(state + " although a carrier accepted it");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN", "UNKNOWN_RESENT", "RESENDING", "FAILED_OUTCOME_UNKNOWN"})
  void whatAReceiptProvesIsNotInDoubt(MessageState state) {
    assertThat(MessageAudit.of(state, 1, RECEIPT_ONLY))
        .containsExactly(state + " although a receipt says that it was taken");
  }

  @Test
  void aReceiptForWhatWasRefusedProvesNothing() {
    assertThat(MessageAudit.of(MessageState.FAILED, 1, new Evidence(1, 1, 0, 0, true, true)))
        .isEmpty();
  }

  @Test
  void whatFailedNeedsAnAttemptInVain() {
    assertThat(MessageAudit.of(MessageState.FAILED, 1, new Evidence(1, 1, 0, 0, false, false)))
        .containsExactly("FAILED although no attempt was refused or in vain");
    assertThat(MessageAudit.of(MessageState.FAILED_SYSTEM_ERROR, 0, Evidence.NONE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_FLIGHT", "UNKNOWN", "FAILED_OUTCOME_UNKNOWN"})
  void whatWasHandedOverHasAnAttempt(MessageState state) {
    assertThat(MessageAudit.of(state, 0, Evidence.NONE))
        .containsExactly(state + " without ever having been handed over");
    assertThat(MessageAudit.of(state, 1, Evidence.NONE)).isEmpty();
  }

  @Test
  void whatWasLeftOutWasNeverHandedOver() {
    assertThat(
            MessageAudit.of(
                MessageState.REJECTED_DUPLICATE, 1, new Evidence(1, 1, 0, 0, true, false)))
        .containsExactly("REJECTED_DUPLICATE although it was handed over");
  }

  private static Evidence accepted(int times, int resent) {
    return new Evidence(times, times, times, resent, false, false);
  }
}
