package dev.carillon.domain.job;

import static dev.carillon.domain.job.Count.Bucket.CANCELLED;
import static dev.carillon.domain.job.Count.Bucket.DELIVERED;
import static dev.carillon.domain.job.Count.Bucket.DUPLICATE;
import static dev.carillon.domain.job.Count.Bucket.EXPIRED;
import static dev.carillon.domain.job.Count.Bucket.FAILED;
import static dev.carillon.domain.job.Count.Bucket.INVALID;
import static dev.carillon.domain.job.Count.Bucket.NO_ADDRESS;
import static dev.carillon.domain.job.Count.Bucket.READ;
import static dev.carillon.domain.job.Count.Bucket.RETRIES;
import static dev.carillon.domain.job.Count.Bucket.SENT;
import static dev.carillon.domain.job.Count.Bucket.SUPPRESSED;
import static dev.carillon.domain.job.Count.Bucket.UNDELIVERED;
import static dev.carillon.domain.job.Count.Bucket.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.Count.Bucket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobEndingTest {

  @ParameterizedTest
  @EnumSource(names = {"SENT", "DELIVERED", "READ", "UNDELIVERED"})
  void completesWhenACarrierTookAll(Bucket taken) {
    assertThat(ending(Count.of(5, taken))).isEqualTo(JobTransition.END_COMPLETED);
    assertThat(ending(Count.of(5, taken).and(1, SENT))).isEqualTo(JobTransition.END_COMPLETED);
  }

  @Test
  void completesWhateverWasLeftOutAtAcceptance() {
    assertThat(
            ending(
                Count.of(5, SENT)
                    .and(1, INVALID)
                    .and(1, DUPLICATE)
                    .and(1, SUPPRESSED)
                    .and(1, NO_ADDRESS)
                    .and(9, RETRIES)))
        .isEqualTo(JobTransition.END_COMPLETED);
  }

  /// S0's 15 of 500 and S1's 15 of 1000 were taken and then undelivered.
  @Test
  void completesWhenSomeWereTakenAndThenUndelivered() {
    assertThat(ending(Count.of(485, DELIVERED).and(15, UNDELIVERED)))
        .isEqualTo(JobTransition.END_COMPLETED);
  }

  @Test
  void isPartialWhenTheSameWereRefused() {
    assertThat(ending(Count.of(485, DELIVERED).and(15, FAILED)))
        .isEqualTo(JobTransition.END_PARTIAL);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "EXPIRED", "CANCELLED"})
  void failsWhenNoCarrierTookAny(Bucket untaken) {
    assertThat(ending(Count.of(5, untaken))).isEqualTo(JobTransition.END_FAILED);
    assertThat(ending(Count.of(5, untaken).and(2, FAILED))).isEqualTo(JobTransition.END_FAILED);
    assertThat(ending(Count.of(5, untaken).and(2, READ))).isEqualTo(JobTransition.END_PARTIAL);
  }

  @Test
  void isPartialWhileTheFateOfOneIsUnknown() {
    assertThat(ending(Count.of(1, UNKNOWN))).isEqualTo(JobTransition.END_PARTIAL);
    assertThat(ending(Count.of(1, UNKNOWN).and(5, FAILED))).isEqualTo(JobTransition.END_PARTIAL);
    assertThat(ending(Count.of(1, UNKNOWN).and(5, SENT))).isEqualTo(JobTransition.END_PARTIAL);
  }

  @Test
  void isCancelledWhateverWasTakenWhenItWasCancelled() {
    for (Bucket bucket : Bucket.values()) {
      assertThat(JobEnding.of(JobStatus.CANCELLING, true, Count.of(5, bucket).counters()))
          .isEqualTo(JobTransition.END_CANCELLED);
    }
  }

  @Test
  void endsByAMoveThatTheJobMayMake() {
    for (int bits = 0; bits < 16; bits++) {
      for (JobStatus status :
          List.of(JobStatus.PROCESSING, JobStatus.PAUSED, JobStatus.CANCELLING)) {
        assertThat(JobEnding.of(status, bits > 7, ended(bits, 3)).allows(status)).isTrue();
      }
    }
  }

  /// All messages expired, or all recipients said STOP, while the job waited.
  @ParameterizedTest
  @EnumSource(names = {"SCHEDULED", "PENDING", "PROCESSING", "PAUSED"})
  void canFailBeforeAnythingWasHandedOver(JobStatus status) {
    Counters counters = Count.of(3, EXPIRED).and(4, CANCELLED).counters();

    JobTransition ending = JobEnding.of(status, false, counters);

    assertThat(ending).isEqualTo(JobTransition.END_FAILED);
    assertThat(ending.allows(status)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void failsABrokenJobWhateverWasTaken(Bucket bucket) {
    assertThat(JobEnding.of(JobStatus.PROCESSING, true, Count.of(5, bucket).counters()))
        .isEqualTo(JobTransition.END_FAILED);
  }

  @Test
  void correctsPartialToCompletedWhenAllWereTakenAfterAll() {
    assertThat(JobEnding.correction(JobStatus.PARTIAL, Count.of(5, DELIVERED).counters()))
        .contains(JobTransition.CORRECT_TO_COMPLETED);
  }

  @Test
  void correctsPartialToFailedWhenNoneWasTakenAfterAll() {
    assertThat(JobEnding.correction(JobStatus.PARTIAL, Count.of(5, FAILED).counters()))
        .contains(JobTransition.CORRECT_TO_FAILED);
  }

  @Test
  void leavesPartialWhatIsPartial() {
    assertThat(JobEnding.correction(JobStatus.PARTIAL, Count.of(5, FAILED).and(1, SENT).counters()))
        .isEmpty();
    assertThat(
            JobEnding.correction(JobStatus.PARTIAL, Count.of(5, FAILED).and(1, UNKNOWN).counters()))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PARTIAL")
  void correctsNothingButPartial(JobStatus status) {
    assertThat(JobEnding.correction(status, Count.of(5, DELIVERED).counters())).isEmpty();
    assertThat(JobEnding.correction(status, Count.of(5, FAILED).counters())).isEmpty();
  }

  @Test
  void correctsByAMoveThatAPartialJobMayMake() {
    for (int bits = 1; bits < 16; bits++) {
      JobEnding.correction(JobStatus.PARTIAL, ended(bits, 2))
          .ifPresent(correction -> {
            assertThat(correction.allows(JobStatus.PARTIAL)).isTrue();
            assertThat(correction.isCorrection()).isTrue();
          });
    }
  }

  /// The ending, which is the same for every job that nobody cancelled.
  private static JobTransition ending(Count count) {
    JobTransition ending = JobEnding.of(JobStatus.PROCESSING, false, count.counters());
    assertThat(JobEnding.of(JobStatus.PAUSED, false, count.counters())).isEqualTo(ending);
    return ending;
  }

  private static Counters ended(int bits, long each) {
    return Count.of((bits & 1) * each, DELIVERED)
        .and((bits >> 1 & 1) * each, FAILED)
        .and((bits >> 2 & 1) * each, UNKNOWN)
        .and((bits >> 3 & 1) * each, EXPIRED)
        .counters();
  }
}
