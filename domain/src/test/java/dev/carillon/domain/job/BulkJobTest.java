package dev.carillon.domain.job;

import static dev.carillon.domain.job.Count.Bucket.PENDING;
import static dev.carillon.domain.job.Count.Bucket.QUEUED;
import static dev.carillon.domain.job.Count.Bucket.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BulkJobTest {
  private static final Instant START = Instant.parse("2025-01-15T10:00:00Z");

  @ParameterizedTest
  @EnumSource
  void isDoneFromItsEndOn(JobStatus status) {
    BulkJob job = job(status, START, Count.of(1, QUEUED));

    assertThat(job.status()).isEqualTo(status);
    assertThat(job.done()).isEqualTo(status.isEnd());
    assertThat(job.pollAfter().isEmpty()).isEqualTo(status.isEnd());
  }

  /// S0, S1 and S3 advise 2 to 60 seconds.
  @ParameterizedTest
  @CsvSource({
    "0, 2",
    "1, 2",
    "2999, 2",
    "3000, 3",
    "3999, 3",
    "42000, 42",
    "59999, 59",
    "60000, 60",
    "60999, 60",
    "61000, 60",
    "10000000, 60"
  })
  void isPolledByWhatIsLeft(long remaining, long seconds) {
    assertThat(job(JobStatus.PROCESSING, START, Count.of(remaining, QUEUED)).pollAfter())
        .contains(Duration.ofSeconds(seconds));
    assertThat(job(JobStatus.PENDING, null, Count.of(remaining, PENDING)).pollAfter())
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void estimatesItsCompletionByTheRateSoFar() {
    BulkJob job = job(JobStatus.PROCESSING, START, Count.of(250, SENT).and(750, QUEUED));

    assertThat(job.estimatedCompletion(START.plusSeconds(10))).contains(START.plusSeconds(10 + 30));
  }

  @Test
  void estimatesNowWhenNothingIsLeft() {
    BulkJob job = job(JobStatus.PROCESSING, START, Count.of(250, SENT));

    assertThat(job.estimatedCompletion(START.plusSeconds(10))).contains(START.plusSeconds(10));
  }

  @Test
  void estimatesSlowJobsWithoutOverflow() {
    BulkJob job = job(JobStatus.PROCESSING, START, Count.of(1, SENT).and(10_000_000, QUEUED));

    assertThat(job.estimatedCompletion(START.plus(Duration.ofDays(3))).orElseThrow())
        .isAfter(START.plus(Duration.ofDays(36_500)));
  }

  @Test
  void estimatesNothingBeforeThereIsARate() {
    Instant later = START.plusSeconds(10);
    Count some = Count.of(250, SENT).and(750, QUEUED);

    assertThat(job(JobStatus.PROCESSING, START, Count.of(5, QUEUED)).estimatedCompletion(later))
        .isEmpty();
    assertThat(job(JobStatus.PROCESSING, null, some).estimatedCompletion(later)).isEmpty();
    assertThat(job(JobStatus.PROCESSING, START, some).estimatedCompletion(START)).isEmpty();
    assertThat(job(JobStatus.PROCESSING, START, some).estimatedCompletion(START.minusNanos(1)))
        .isEmpty();
    assertThat(job(JobStatus.PROCESSING, START, some).estimatedCompletion(START.plusNanos(1)))
        .isPresent();
  }

  @Test
  void estimatesNothingWhileItIsPaused() {
    Count some = Count.of(250, SENT).and(750, QUEUED);

    assertThat(job(JobStatus.PAUSED, START, some).estimatedCompletion(START.plusSeconds(10)))
        .isEmpty();
  }

  @Test
  void estimatesNothingOnceItHasStoodStillForAMinute() {
    BulkJob job = job(JobStatus.PROCESSING, START, Count.of(250, SENT).and(750, QUEUED));

    assertThat(job.estimatedCompletion(START.plusSeconds(60))).isPresent();
    assertThat(job.estimatedCompletion(START.plusSeconds(60).plusNanos(1))).isEmpty();
  }

  @Test
  void doesNotTakeASlowJobForOneThatStandsStill() {
    Instant later = START.plusSeconds(3_600);

    assertThat(
            job(JobStatus.PROCESSING, START, Count.of(10, SENT).and(1, QUEUED))
                .estimatedCompletion(later))
        .contains(later.plusSeconds(360));
    assertThat(
            job(JobStatus.PROCESSING, START, Count.of(11, SENT).and(1, QUEUED))
                .estimatedCompletion(later))
        .isEmpty();
  }

  /// S1: estimatedCompletion is null once completed.
  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "PARTIAL", "FAILED", "CANCELLED"})
  void estimatesNothingWhenDone(JobStatus end) {
    assertThat(job(end, START, Count.of(985, SENT)).estimatedCompletion(START.plusSeconds(9)))
        .isEmpty();
  }

  private static BulkJob job(JobStatus status, @Nullable Instant started, Count count) {
    return new BulkJob(
        new JobId(1),
        new BulkId(new UUID(1, 2)),
        new Scope(new BusinessId(1), Environment.TEST),
        new BulkJob.Submission(
            "SMS to 500 recipients",
            Channel.SMS,
            Priority.NORMAL,
            Map.of(),
            "key-1",
            "simulated",
            null,
            DispatchPlan.atOnce(START.plusSeconds(3_600))),
        new BulkJob.Life(status, null, null, START, started, null, START, null),
        count.counters(),
        JobBilling.free("USD", 1),
        1);
  }
}
