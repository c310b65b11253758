package dev.carillon.application.billing;

import static dev.carillon.application.billing.Till.usd;
import static dev.carillon.application.fixture.Submission.anEmail;
import static dev.carillon.application.fixture.Submission.anSms;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.AddBulkJobRecipients;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.RetryBulkJob;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.Submission;
import dev.carillon.domain.billing.Account;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.message.MessageRef;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What submissions cost, and what becomes of the money.
class ChargingTest {
  private final Till till = new Till();
  private final ScriptedCarrier carrier = till.carrier;
  private final House house = till.house;

  /// S3: 98 of 100 are valid, a part costs 0.02, the total is 1.96.
  @Test
  void holdsWhatTheValidRecipientsCost() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("2.00");

    BulkJob job = create(anSms("hello").to(98).to("invalid", "+1"));

    assertThat(job.billing().held()).isEqualTo(usd("1.96"));
    assertThat(balance()).isEqualTo(new Balance(usd("0.04"), usd("1.96"), usd("0")));
  }

  /// S0: 500 recipients at 0.05 cost 25.00.
  @Test
  void holdsTwentyFiveForFiveHundredAtFiveCents() {
    till.price(true, Destination.ANY, "0.05");
    till.credit("25.00");

    assertThat(create(anSms("hello").to(500)).billing().held()).isEqualTo(usd("25.00"));
    assertThat(balance().available()).isEqualTo(usd("0"));
  }

  @Test
  void billsTheEuroSignAndBracketsAsTwoSeptets() {
    assertThat(partsOf("€".repeat(80))).isEqualTo(1);
    assertThat(partsOf("€".repeat(80) + "x")).isEqualTo(2);
    assertThat(partsOf("[".repeat(81))).isEqualTo(2);
    assertThat(partsOf("x".repeat(160))).isEqualTo(1);
    assertThat(partsOf("x".repeat(161))).isEqualTo(2);
    assertThat(partsOf("ж".repeat(70))).isEqualTo(1);
    assertThat(partsOf("ж".repeat(71))).isEqualTo(2);
    assertThat(partsOf("x".repeat(153 * 10))).isEqualTo(10);
    assertThat(partsOf("ж".repeat(67 * 10))).isEqualTo(10);
  }

  @Test
  void billsEveryPartOfALongText() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("100");

    BulkJob job =
        create(
            anSms("hello")
                .telling("+263771000001", "x".repeat(161))
                .telling("+263771000002", "ж".repeat(71))
                .telling("+263771000003", "x".repeat(1_530)));

    assertThat(job.billing().held()).isEqualTo(usd("0.28"));
    assertThat(job.billing().parts()).isEqualTo(14);
  }

  /// S3's 402: required amount, valid and invalid recipients.
  @Test
  void refusesAJobThatTheBalanceDoesNotPayAndStoresNothing() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("0.03");

    DomainError error = refusal(() -> create(anSms("hello").to(2).to("invalid")));

    assertThat(error).isEqualTo(new DomainError.NoCredit(usd("0.04"), usd("0.03"), 2, 1));
    assertThat(house.store.jobs().all()).isEmpty();
    assertThat(balance()).isEqualTo(new Balance(usd("0.03"), usd("0"), usd("0")));
  }

  @Test
  void refusesALiveJobWithoutBooks() {
    till.price(true, Destination.ANY, "0.02");

    assertThat(refusal(() -> create(anSms("hello").to(1))))
        .isEqualTo(new DomainError.NoCredit(usd("0.02"), usd("0"), 1, 0));
  }

  @Test
  void leavesOutDestinationsWithoutAPrice() {
    till.price(true, Till.in("ZW"), "0.02");
    till.credit("1");

    var result =
        house.createBulkJob.handle(
            anSms("hello").to("+263771000001", "+22238089336").by(house.scope));

    assertThat(result.job().billing().held()).isEqualTo(usd("0.02"));
    assertThat(result.rejected())
        .extracting(RejectedEntry::reason)
        .containsExactly(Reason.NO_PRICE);
  }

  @Test
  void refusesWhatCostsMoreThanItsOwnerWantsToPay() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("1");

    assertThat(refusal(() -> create(anSms("hello").to(3).costingAtMost(usd("0.05")))))
        .isEqualTo(new DomainError.MaxCostExceeded(usd("0.06"), usd("0.05")));
    assertThat(create(anSms("hello").to(3).costingAtMost(usd("0.06"))).billing().held())
        .isEqualTo(usd("0.06"));
  }

  @Test
  void refusesAHighestCostInAnotherCurrency() {
    assertThat(
            refusal(
                () -> create(anSms("hello").to(1).costingAtMost(Money.of("EUR", BigDecimal.ONE)))))
        .isEqualTo(new DomainError.CurrencyMismatch("max_cost", "USD"));
  }

  @Test
  void acceptsExactlyAsManyOfManyCallersAsTheBalancePays() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("2.00");
    AtomicInteger accepted = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();

    Background.together(
        200,
        () -> {
          try {
            create(anSms("hello").to(1));
            return accepted.incrementAndGet();
          } catch (DomainException e) {
            assertThat(e.error()).isInstanceOf(DomainError.NoCredit.class);
            return refused.incrementAndGet();
          }
        });

    assertThat(accepted).hasValue(100);
    assertThat(refused).hasValue(100);
    assertThat(balance()).isEqualTo(new Balance(usd("0"), usd("2.00"), usd("0")));
  }

  @Test
  void givesARepeatedRequestItsFirstAnswerEvenWhenTheMoneyHasGone() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("0.02");
    Submission submission = anSms("hello").to(1).withRequestId("once");

    BulkJob first = create(submission);

    assertThat(create(submission).bulkId()).isEqualTo(first.bulkId());
    assertThat(balance().held()).isEqualTo(usd("0.02"));
  }

  @Test
  void capturesWhatWasTakenAndGivesBackWhatWasRefused() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("1.00");
    refuseTheLastOf(5);

    BulkJob job = create(anSms("hello").to(5));
    house.workAll();

    assertThat(current(job).billing().captured()).isEqualTo(usd("0.08"));
    assertThat(current(job).billing().refunded()).isEqualTo(usd("0.02"));
    assertThat(balance()).isEqualTo(new Balance(usd("0.92"), usd("0"), usd("0")));
    assertThat(house.store.ledger().balanceOf(house.scope, Account.CAPTURED)).isEqualTo(80_000);
  }

  @Test
  void givesEverythingBackThatACancelStops() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("1.00");
    BulkJob job = create(anSms("hello").to(6));

    house.cancelBulkJob.handle(
        new CancelBulkJob.Command(callerOf(house.scope), job.bulkId().toString(), ""));

    assertThat(balance()).isEqualTo(new Balance(usd("1.00"), usd("0"), usd("0")));
    assertThat(current(job).billing().refunded()).isEqualTo(usd("0.12"));
  }

  @Test
  void owesWhatLateEvidenceChargesAndTheBalanceDoesNotPay() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("0.02");
    carrier.answering(_ -> new DispatchOutcome.Unconfirmed("no answer"));
    BulkJob job = create(anSms("hello").to(1));
    house.workAll();
    MessageRef message = new MessageRef(job.id(), 0, 0);
    house.sweeping.giveUp(List.of(message.chunkKey()));
    assertThat(balance().available()).isEqualTo(usd("0.02"));
    carrier.answering(ScriptedCarrier::accept);
    create(anSms("other").to(1));

    house.receipt(message, ReceiptKind.DELIVERED);

    assertThat(balance()).isEqualTo(new Balance(usd("0"), usd("0.02"), usd("0.02")));
    house.store.run(() ->
        house.store.ledger().topUp(house.scope, "more", usd("1"), "key-1", house.clock.instant()));
    assertThat(balance()).isEqualTo(new Balance(usd("0.98"), usd("0.02"), usd("0")));
  }

  @Test
  void chargesARetryAtThePricesOfItsJob() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("1.00");
    refuseTheLastOf(3);
    BulkJob job = create(anSms("hello").to(3));
    house.workAll();
    till.price(true, Destination.ANY, "0.50");
    carrier.answering(ScriptedCarrier::accept);

    BulkJob child =
        house.retryBulkJob.handle(
            new RetryBulkJob.Command(
                callerOf(house.scope), job.bulkId().toString(), "", "", RetrySelection.DEFAULT));
    house.workAll();

    assertThat(child.billing().held()).isEqualTo(usd("0.02"));
    assertThat(current(child).billing().captured()).isEqualTo(usd("0.02"));
    assertThat(balance()).isEqualTo(new Balance(usd("0.94"), usd("0"), usd("0")));
  }

  @Test
  void holdsEachChunkOfAnUploadAndRefusesTheOneThatIsTooMuch() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("0.05");
    BulkJob job = create(anSms("hello").toBeUploaded());

    add(job, 1, 2);

    assertThat(refusal(() -> add(job, 2, 1)))
        .isEqualTo(new DomainError.NoCredit(usd("0.02"), usd("0.01"), 1, 0));
    assertThat(current(job).billing().held()).isEqualTo(usd("0.04"));
    assertThat(current(job).counters().total()).isEqualTo(2);
  }

  @Test
  void refusesTheChunkThatMakesAnUploadTooDear() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("5");
    BulkJob job = create(anSms("hello").toBeUploaded().costingAtMost(usd("0.05")));

    add(job, 1, 2);

    assertThat(refusal(() -> add(job, 2, 1)))
        .isEqualTo(new DomainError.MaxCostExceeded(usd("0.06"), usd("0.05")));
  }

  @Test
  void tellsOnceThatABalanceHasBecomeLow() {
    till.price(true, Destination.ANY, "0.02");
    till.credit("0.10");
    house.store.ledger().setLowMark(house.scope.business(), usd("0.07"));

    create(anSms("hello").to(1));
    create(anSms("hello").to(1));
    create(anSms("hello").to(1));

    assertThat(house.store.outbox().of(house.scope))
        .singleElement()
        .satisfies(event -> assertThat(event.available()).isEqualTo(usd("0.06")));
  }

  @Test
  void beginsATestEnvironmentWithPlayMoneyAndPricesOfItsOwn() {
    Scope test = new Scope(house.scope.business(), Environment.TEST);

    BulkJob job = house.createBulkJob.handle(anEmail("hello").to("a@example.com").by(test)).job();

    assertThat(job.billing().held()).isEqualTo(usd("0.001"));
    assertThat(house.store.ledger().balance(test).orElseThrow().available())
        .isEqualTo(usd("999999.999"));
    assertThat(house.store.ledger().balance(house.scope)).isEmpty();
  }

  private long partsOf(String text) {
    House free = new House(ScriptedCarrier.withWindow(1));
    return free.createBulkJob.handle(anSms(text).to(1).by(free.scope)).job().billing().parts();
  }

  private void refuseTheLastOf(int count) {
    carrier.answering(message ->
        message.ref().position() == count - 1
            ? new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no")
            : ScriptedCarrier.accept(message));
  }

  private AddBulkJobRecipients.Result add(BulkJob job, long sequence, int count) {
    return house
        .addBulkJobRecipients
        .handle(
            new AddBulkJobRecipients.Command(
                callerOf(house.scope),
                job.bulkId().toString(),
                sequence,
                anSms("").to(count).entries().stream()
                    .map(entry -> new CreateBulkJob.Entry(entry.to() + sequence, "", entry.own()))
                    .toList()))
        .store();
  }

  private BulkJob create(Submission submission) {
    return house.createBulkJob.handle(submission.by(house.scope)).job();
  }

  private BulkJob current(BulkJob job) {
    return house.store.jobs().find(house.scope, job.bulkId()).orElseThrow();
  }

  private Balance balance() {
    return house.store.ledger().balance(house.scope).orElseThrow();
  }

  private static DomainError refusal(Runnable work) {
    return catchThrowableOfType(DomainException.class, work::run).error();
  }
}
