package dev.carillon.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageTransition;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeRuleTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void meansTheSameAtEveryAttemptUnlessUnreachable(int attempt) {
    assertThat(move(Outcomes.ACCEPTED, attempt)).isEqualTo(MessageTransition.ACCEPT);
    assertThat(move(Outcomes.REJECTED, attempt)).isEqualTo(MessageTransition.FAIL);
    assertThat(move(Outcomes.THROTTLED, attempt)).isEqualTo(MessageTransition.GIVE_BACK);
    assertThat(move(Outcomes.WITHDRAWN, attempt)).isEqualTo(MessageTransition.GIVE_BACK);
    assertThat(move(Outcomes.UNCONFIRMED, attempt)).isEqualTo(MessageTransition.LOSE_ANSWER);
    assertThat(move(Outcomes.WITHHELD, attempt)).isEqualTo(MessageTransition.WITHHOLD);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void retriesTheUnreachableUntilAttemptsAreUsedUp(int most) {
    RetryPolicy policy = new RetryPolicy(most, Duration.ofSeconds(1), Duration.ofSeconds(1), 0);

    for (int attempt = 1; attempt <= 8; attempt++) {
      assertThat(OutcomeRule.transition(Outcomes.UNREACHABLE, attempt, false, policy))
          .isEqualTo(attempt < most ? MessageTransition.RETRY : MessageTransition.FAIL);
    }
  }

  @Test
  void meansAMoveThatAMarkedMessageMayMake() {
    for (DispatchOutcome outcome : Outcomes.ALL) {
      for (int attempt = 1; attempt <= 7; attempt++) {
        assertThat(move(outcome, attempt).allows(MessageState.IN_FLIGHT)).isTrue();
      }
    }
  }

  /// An answer that says no to one hand-over says nothing about the one before.
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 7})
  void keepsInDoubtWhatWasResentAndNotTaken(int attempt) {
    assertThat(resent(Outcomes.ACCEPTED, attempt)).isEqualTo(MessageTransition.ACCEPT);
    assertThat(resent(Outcomes.REJECTED, attempt)).isEqualTo(MessageTransition.REFUSE_RESEND);
    assertThat(resent(Outcomes.THROTTLED, attempt)).isEqualTo(MessageTransition.GIVE_RESEND_BACK);
    assertThat(resent(Outcomes.WITHDRAWN, attempt)).isEqualTo(MessageTransition.GIVE_RESEND_BACK);
    assertThat(resent(Outcomes.WITHHELD, attempt)).isEqualTo(MessageTransition.WITHHOLD_RESEND);
    assertThat(resent(Outcomes.UNREACHABLE, attempt)).isEqualTo(MessageTransition.RETRY_RESEND);
    assertThat(resent(Outcomes.UNCONFIRMED, attempt)).isEqualTo(MessageTransition.LOSE_RESEND);
    for (DispatchOutcome outcome : Outcomes.ALL) {
      assertThat(resent(outcome, attempt).allows(MessageState.RESENDING)).isTrue();
    }
  }

  private static MessageTransition resent(DispatchOutcome outcome, int attempt) {
    return OutcomeRule.transition(outcome, attempt, true, RetryPolicy.DEFAULT);
  }

  private static MessageTransition move(DispatchOutcome outcome, int attempt) {
    return OutcomeRule.transition(outcome, attempt, false, RetryPolicy.DEFAULT);
  }
}
