package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.message.MessageTransition;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTermsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(1);

  @ParameterizedTest
  @EnumSource(JobStatus.class)
  void handsOverOnlyWhileTheJobRuns(JobStatus status) {
    JobTerms terms = new JobTerms(status, false, LATER, UnknownPolicy.HOLD);

    assertThat(terms.mayHandOver(NOW))
        .isEqualTo(status == JobStatus.PENDING || status == JobStatus.PROCESSING);
  }

  @Test
  void sweepsWhatWaitsByTheStrongestReason() {
    assertThat(terms(JobStatus.CANCELLING, true, NOW).sweep(NOW))
        .contains(MessageTransition.CANCEL);
    assertThat(terms(JobStatus.PROCESSING, true, NOW).sweep(NOW)).contains(MessageTransition.BREAK);
    assertThat(terms(JobStatus.PROCESSING, false, NOW).sweep(NOW))
        .contains(MessageTransition.EXPIRE);
    assertThat(terms(JobStatus.PAUSED, false, NOW).sweep(NOW)).contains(MessageTransition.EXPIRE);
    assertThat(terms(JobStatus.PROCESSING, false, LATER).sweep(NOW)).isEmpty();
  }

  @Test
  void handsNothingOverThatHasToBeSwept() {
    assertThat(terms(JobStatus.PROCESSING, true, LATER).mayHandOver(NOW)).isFalse();
    assertThat(terms(JobStatus.PROCESSING, false, NOW).mayHandOver(NOW)).isFalse();
  }

  @Test
  void resendsOnlyWhatTheJobWantsResentAndOnlyWhileItLives() {
    assertThat(resend(JobStatus.PROCESSING, LATER).resends(NOW)).isTrue();
    assertThat(resend(JobStatus.PAUSED, LATER).resends(NOW)).isTrue();
    assertThat(resend(JobStatus.PROCESSING, NOW).resends(NOW)).isFalse();
    assertThat(resend(JobStatus.CANCELLING, LATER).resends(NOW)).isFalse();
    assertThat(resend(JobStatus.PARTIAL, LATER).resends(NOW)).isFalse();
    assertThat(terms(JobStatus.PROCESSING, false, LATER).resends(NOW)).isFalse();
  }

  private static JobTerms resend(JobStatus status, Instant deadline) {
    return new JobTerms(status, false, deadline, UnknownPolicy.RESEND);
  }

  private static JobTerms terms(JobStatus status, boolean broken, Instant deadline) {
    return new JobTerms(status, broken, deadline, UnknownPolicy.HOLD);
  }
}
