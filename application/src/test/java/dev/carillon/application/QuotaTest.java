package dev.carillon.application;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.Submission.anSms;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.billing.Till;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.Submission;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.RetrySelection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What jobs and recipients count for, as their callers see it.
class QuotaTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
  private static final Duration TO_MIDNIGHT = Duration.ofHours(14);

  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(4);
  private final House house = new House(carrier);
  private final Scope test = new Scope(house.scope.business(), Environment.TEST);

  @Test
  void theHundredAndFirstJobWithinAnHourIsRefusedUntilTheFirstIsAnHourOld() {
    limit(house, 100, 0);
    for (int i = 0; i < 100; i++) {
      create(anSms("hello").to(1));
      house.clock.advance(Duration.ofSeconds(20));
    }

    assertThat(refusal(anSms("hello").to(1)))
        .isEqualTo(
            new DomainError.QuotaExceeded("100 jobs per hour", Duration.ofSeconds(3_600 - 2_000)));
    house.clock.advance(Duration.ofSeconds(1_600));
    create(anSms("hello").to(1));
    assertThat(refusal(anSms("hello").to(1)))
        .isEqualTo(new DomainError.QuotaExceeded("100 jobs per hour", Duration.ofSeconds(20)));
  }

  @Test
  void aRefusedJobCountsForNothing() {
    limit(house, 1, 10);
    assertThat(refusal(anSms("hello").to("12"))).isInstanceOf(DomainError.NoValidRecipients.class);
    assertThat(refusal(anSms("hello").to(2).declaring(3)))
        .isInstanceOf(DomainError.InvalidFields.class);
    assertThat(refusal(anSms("hello").to(11)))
        .isEqualTo(new DomainError.QuotaExceeded("10 recipients per day", null));

    assertThat(house.store.quotas().recipients(house.scope, TODAY)).isZero();
    create(anSms("hello").to(10));
  }

  @Test
  void aJobThatNobodyCanPayForCountsForNothing() {
    Till till = new Till().sms("0.02");
    limit(till.house, 1, 10);
    DomainException refused =
        catchThrowableOfType(
            DomainException.class,
            () -> till.house.createBulkJob.handle(anSms("hello").to(2).by(till.live)));

    assertThat(refused.error()).isInstanceOf(DomainError.NoCredit.class);
    assertThat(till.house.store.quotas().recentJobs(till.live, "key-1").times()).isEmpty();
    assertThat(till.house.store.quotas().recipients(till.live, TODAY)).isZero();
    till.credit("1");
    assertThat(till.house.createBulkJob.handle(anSms("hello").to(2).by(till.live)).job().done())
        .isFalse();
  }

  @Test
  void aJobThatExceedsAQuotaHoldsNoMoney() {
    Till till = new Till().sms("0.02").credit("1");
    limit(till.house, 0, 1);
    Optional<Balance> before = till.house.store.ledger().balance(till.live);

    DomainException refused =
        catchThrowableOfType(
            DomainException.class,
            () -> till.house.createBulkJob.handle(anSms("hello").to(2).by(till.live)));

    assertThat(refused.error()).isInstanceOf(DomainError.QuotaExceeded.class);
    assertThat(before).isPresent();
    assertThat(till.house.store.ledger().balance(till.live)).isEqualTo(before);
  }

  @Test
  void aRepeatedRequestGetsItsAnswerAndCountsForNothing() {
    limit(house, 1, 10);
    BulkJob first = create(anSms("hello").to(6).withRequestId("r-1"));

    assertThat(create(anSms("hello").to(6).withRequestId("r-1"))).isEqualTo(first);
    assertThat(refusal(anSms("hello").to(6).withRequestId("r-2")))
        .isEqualTo(new DomainError.QuotaExceeded("1 jobs per hour", Duration.ofHours(1)));
    assertThat(house.store.quotas().recipients(house.scope, TODAY)).isEqualTo(6);
    house.clock.advance(Duration.ofHours(1));
    create(anSms("hello").to(4).withRequestId("r-2"));
  }

  @Test
  void aTransactionThatIsTriedAgainCountsOnce() {
    limit(house, 10, 10);
    house.store.collideNext();

    create(anSms("hello").to(3));

    assertThat(house.store.quotas().recentJobs(house.scope, "key-1").times()).hasSize(1);
    assertThat(house.store.quotas().recipients(house.scope, TODAY)).isEqualTo(3);
  }

  @Test
  void onlyAcceptedRecipientsCount() {
    limit(house, 0, 10);
    create(anSms("hello").to("+263771000001", "12", "+263771000001", "+263771000002"));

    assertThat(house.store.quotas().recipients(house.scope, TODAY)).isEqualTo(2);
    assertThat(refusal(anSms("hello").to(9)))
        .isEqualTo(new DomainError.QuotaExceeded("10 recipients per day", TO_MIDNIGHT));
    create(anSms("hello").to(8));
    house.clock.advance(TO_MIDNIGHT);
    create(anSms("hello").to(9));
  }

  @Test
  void testJobsAreNotHeldToJobsPerHourAndHaveADayOfTheirOwn() {
    limit(house, 1, 10);
    create(anSms("hello").to(10));
    for (int i = 0; i < 5; i++) {
      house.createBulkJob.handle(anSms("hello").to(2).by(test));
    }

    DomainException refused =
        catchThrowableOfType(
            DomainException.class, () -> house.createBulkJob.handle(anSms("hello").to(1).by(test)));
    assertThat(refused.error())
        .isEqualTo(new DomainError.QuotaExceeded("10 recipients per day", TO_MIDNIGHT));
  }

  @Test
  void aRetryCountsAsAJobWithItsRecipients() {
    limit(house, 2, 10);
    carrier.answering(_ -> new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no"));
    BulkJob job = create(anSms("hello").to(5));
    house.workAll();

    BulkJob again = retry(job);
    house.workAll();

    assertThat(house.store.quotas().recipients(house.scope, TODAY)).isEqualTo(10);
    DomainException refused = catchThrowableOfType(DomainException.class, () -> retry(again));
    assertThat(((DomainError.QuotaExceeded) refused.error()).quota()).isEqualTo("2 jobs per hour");
    house.clock.advance(Duration.ofHours(1));
    refused = catchThrowableOfType(DomainException.class, () -> retry(again));
    assertThat(((DomainError.QuotaExceeded) refused.error()).quota())
        .isEqualTo("10 recipients per day");
    house.clock.advance(TO_MIDNIGHT);
    assertThat(retry(again).counters().total()).isEqualTo(5);
  }

  @Test
  void anUploadCountsWhenItIsMadeAndItsRecipientsChunkByChunk() {
    limit(house, 1, 10);
    BulkJob job = create(anSms("hello").toBeUploaded());
    assertThat(refusal(anSms("hello").toBeUploaded()))
        .isInstanceOf(DomainError.QuotaExceeded.class);
    add(job, 1, anSms("").to(6).to("12"));
    add(job, 1, anSms("").to(6).to("12"));
    assertThat(house.store.quotas().recipients(house.scope, TODAY)).isEqualTo(6);

    Submission next = anSms("").to("+263772000001", "+263772000002", "+263772000003");
    next.to("+263772000004", "+263772000005");
    DomainException refused = catchThrowableOfType(DomainException.class, () -> add(job, 2, next));

    assertThat(refused.error())
        .isEqualTo(new DomainError.QuotaExceeded("10 recipients per day", TO_MIDNIGHT));
    house.clock.advance(TO_MIDNIGHT);
    add(job, 2, next);
    BulkJob started =
        house.startBulkJob.handle(
            new StartBulkJob.Command(
                callerOf(house.scope), job.bulkId().toString(), "", OptionalLong.of(12)));
    assertThat(started.counters().accepted()).isEqualTo(11);
    assertThat(house.store.quotas().recipients(house.scope, TODAY.plusDays(1))).isEqualTo(5);
  }

  @Test
  void ofManyAtOnceExactlyAsManyAreAcceptedAsMayBe() {
    limit(house, 25, 0);

    List<Boolean> accepted =
        Background.together(
            60,
            () -> {
              try {
                create(anSms("hello").to(1));
                return true;
              } catch (DomainException refused) {
                return false;
              }
            });

    assertThat(accepted).filteredOn(Boolean::booleanValue).hasSize(25);
    assertThat(house.clock.instant()).isEqualTo(CREATED);
  }

  private static void limit(House of, int jobsPerHour, long recipientsPerDay) {
    of.store
        .quotas()
        .set(
            of.scope.business(),
            new QuotaLimits(
                OptionalInt.of(jobsPerHour),
                OptionalInt.empty(),
                OptionalLong.of(recipientsPerDay)));
  }

  private BulkJob create(Submission submission) {
    return house.createBulkJob.handle(submission.by(house.scope)).job();
  }

  private DomainError refusal(Submission submission) {
    return catchThrowableOfType(DomainException.class, () -> create(submission)).error();
  }

  private BulkJob retry(BulkJob job) {
    return house.retryBulkJob.handle(
        new RetryBulkJob.Command(
            callerOf(house.scope), job.bulkId().toString(), "", "", RetrySelection.DEFAULT));
  }

  private void add(BulkJob job, long sequence, Submission chunk) {
    house
        .addBulkJobRecipients
        .handle(
            new AddBulkJobRecipients.Command(
                callerOf(house.scope), job.bulkId().toString(), sequence, chunk.entries()))
        .store();
  }
}
