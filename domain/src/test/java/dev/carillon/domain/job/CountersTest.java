package dev.carillon.domain.job;

import static dev.carillon.domain.job.Count.Bucket.CANCELLED;
import static dev.carillon.domain.job.Count.Bucket.DELIVERED;
import static dev.carillon.domain.job.Count.Bucket.DUPLICATE;
import static dev.carillon.domain.job.Count.Bucket.EXPIRED;
import static dev.carillon.domain.job.Count.Bucket.FAILED;
import static dev.carillon.domain.job.Count.Bucket.INVALID;
import static dev.carillon.domain.job.Count.Bucket.NO_ADDRESS;
import static dev.carillon.domain.job.Count.Bucket.PENDING;
import static dev.carillon.domain.job.Count.Bucket.QUEUED;
import static dev.carillon.domain.job.Count.Bucket.READ;
import static dev.carillon.domain.job.Count.Bucket.RETRIES;
import static dev.carillon.domain.job.Count.Bucket.SENT;
import static dev.carillon.domain.job.Count.Bucket.SUPPRESSED;
import static dev.carillon.domain.job.Count.Bucket.UNDELIVERED;
import static dev.carillon.domain.job.Count.Bucket.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.Count.Bucket;
import dev.carillon.domain.message.SeededCases;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CountersTest {

  @Test
  void addsUpByConstruction() {
    SeededCases.run(
        2_000,
        random -> {
          Count count = Count.random(random, 1_000_000_000);
          Counters counters = count.counters();
          long rejected = count.sum(INVALID, DUPLICATE, SUPPRESSED, NO_ADDRESS);
          long waiting = count.sum(PENDING, QUEUED);
          long taken = count.sum(SENT, DELIVERED, READ, UNDELIVERED);
          long endedUntaken = count.sum(FAILED, EXPIRED, CANCELLED, UNKNOWN);

          assertThat(counters.rejected()).isEqualTo(rejected);
          assertThat(counters.accepted()).isEqualTo(waiting + taken + endedUntaken);
          assertThat(counters.total()).isEqualTo(rejected + waiting + taken + endedUntaken);
          assertThat(counters.sentCount()).isEqualTo(taken);
          assertThat(counters.deliveredCount()).isEqualTo(count.sum(DELIVERED, READ));
          assertThat(counters.failedCount()).isEqualTo(count.sum(FAILED, UNDELIVERED, EXPIRED));
          assertThat(counters.successCount()).isEqualTo(count.sum(SENT, DELIVERED, READ));
          assertThat(counters.processed()).isEqualTo(taken + endedUntaken);
          assertThat(counters.remaining()).isEqualTo(waiting);
          assertThat(counters.progressPercent()).isBetween(0, 100);
          assertThat(counters.successRatePercent().orElseThrow())
              .isBetween(BigDecimal.ZERO, new BigDecimal("100.00"));
        });
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RETRIES")
  void countsEveryBucketOnceInTheTotal(Bucket bucket) {
    assertThat(Count.of(3, bucket).counters().total()).isEqualTo(3);
  }

  @Test
  void countsRetriesBesideTheMessages() {
    Counters counters = Count.of(9, RETRIES).counters();

    assertThat(counters.retries()).isEqualTo(9);
    assertThat(counters.total()).isZero();
  }

  /// S3: 100 messages, 98 valid, 45 successful and 5 failed so far.
  @Test
  void showsTheProgressOfTheBulkSmsSeed() {
    Counters counters =
        Count.of(2, INVALID).and(48, QUEUED).and(45, SENT).and(5, FAILED).counters();

    assertThat(counters.total()).isEqualTo(100);
    assertThat(counters.accepted()).isEqualTo(98);
    assertThat(counters.rejected()).isEqualTo(2);
    assertThat(counters.successCount()).isEqualTo(45);
    assertThat(counters.failedCount()).isEqualTo(5);
    assertThat(counters.processed()).isEqualTo(50);
    assertThat(counters.remaining()).isEqualTo(48);
    assertThat(counters.progressPercent()).isEqualTo(51);
  }

  /// S1: 1000 recipients, 985 and 15, completed: the 15 were taken and then undelivered.
  @Test
  void showsTheSuccessRateOfTheBulkStatusSeed() {
    Counters counters = Count.of(985, DELIVERED).and(15, UNDELIVERED).counters();

    assertThat(counters.total()).isEqualTo(1_000);
    assertThat(counters.successCount()).isEqualTo(985);
    assertThat(counters.failedCount()).isEqualTo(15);
    assertThat(counters.remaining()).isZero();
    assertThat(counters.successRatePercent()).contains(new BigDecimal("98.50"));
  }

  /// S0: 500 sent, 485 delivered, 15 failed, completed.
  @Test
  void showsTheFiguresOfTheCompletedBulkOperationSeed() {
    Counters counters = Count.of(400, DELIVERED).and(85, READ).and(15, UNDELIVERED).counters();

    assertThat(counters.total()).isEqualTo(500);
    assertThat(counters.sentCount()).isEqualTo(500);
    assertThat(counters.deliveredCount()).isEqualTo(485);
    assertThat(counters.failedCount()).isEqualTo(15);
    assertThat(counters.progressPercent()).isEqualTo(100);
  }

  /// S0: 500 recipients, 342 sent, 310 delivered and 12 failed, processing.
  @Test
  void showsTheFiguresOfTheRunningBulkOperationSeed() {
    Counters counters =
        Count.of(158, QUEUED).and(20, SENT).and(310, DELIVERED).and(12, UNDELIVERED).counters();

    assertThat(counters.total()).isEqualTo(500);
    assertThat(counters.sentCount()).isEqualTo(342);
    assertThat(counters.deliveredCount()).isEqualTo(310);
    assertThat(counters.failedCount()).isEqualTo(12);
    assertThat(counters.progressPercent()).isEqualTo(68);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SENT", "DELIVERED", "READ", "FAILED", "UNDELIVERED", "EXPIRED"})
  void hasNoSuccessRateWhileNothingIsJudged(Bucket bucket) {
    assertThat(Count.of(7, bucket).counters().successRatePercent()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 100.00",
    "0, 1, 0.00",
    "1, 2, 33.33",
    "2, 1, 66.67",
    "1, 199999, 0.00",
    "1, 19999, 0.01",
    "9000000000000000, 0, 100.00"
  })
  void roundsTheSuccessRateToTwoDecimals(long success, long failure, String rate) {
    assertThat(Count.of(success, SENT).and(failure, FAILED).counters().successRatePercent())
        .contains(new BigDecimal(rate));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0",
    "1, 0, 100",
    "1, 1, 50",
    "1, 2, 33",
    "2, 1, 66",
    "999999, 1, 99",
    "1, 99, 1",
    "1, 100, 0",
    "9999999, 1, 99"
  })
  void roundsProgressDown(long processed, long waiting, int percent) {
    assertThat(Count.of(processed, SENT).and(waiting, QUEUED).counters().progressPercent())
        .isEqualTo(percent);
    assertThat(Count.of(processed, CANCELLED).and(waiting, PENDING).counters().progressPercent())
        .isEqualTo(percent);
  }

  @Test
  void isAllDoneWhenNothingWasAccepted() {
    assertThat(Count.nothing().counters().progressPercent()).isEqualTo(100);
    assertThat(Count.of(5, INVALID).counters().progressPercent()).isEqualTo(100);
  }

  @ParameterizedTest
  @EnumSource
  void awaitsReceiptsOfWhatIsSentOrUnknown(Bucket bucket) {
    assertThat(Count.of(1, bucket).counters().hasOpenReceipts())
        .isEqualTo(bucket == SENT || bucket == UNKNOWN);
  }

  @Test
  void goesBackToTheMomentOfAcceptance() {
    SeededCases.run(
        500,
        random -> {
          Counters now = Count.random(random, 1_000).counters();
          Counters then = now.atAcceptance();

          assertThat(then)
              .isEqualTo(
                  Count.of(now.invalid(), INVALID)
                      .and(now.duplicate(), DUPLICATE)
                      .and(now.suppressed(), SUPPRESSED)
                      .and(now.noAddress(), NO_ADDRESS)
                      .and(now.accepted(), PENDING)
                      .counters());
          assertThat(then.total()).isEqualTo(now.total());
          assertThat(then.remaining()).isEqualTo(now.accepted());
        });
  }
}
