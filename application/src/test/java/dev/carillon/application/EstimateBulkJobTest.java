package dev.carillon.application;

import static dev.carillon.application.billing.Till.usd;
import static dev.carillon.application.fixture.Submission.aWhatsApp;
import static dev.carillon.application.fixture.Submission.anEmail;
import static dev.carillon.application.fixture.Submission.anSms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.billing.Till;
import dev.carillon.application.fixture.People;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.recipient.RecipientId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EstimateBulkJobTest {
  private final Till till = new Till();

  /// S3: 98 valid of 100 at 0.02.
  @Test
  void ninetyEightValidOfHundredAtTwoCents() {
    till.sms("0.02").credit("100");
    Supplier<Submission> submission = () -> anSms("hello").to(98).to("12", "nobody");

    Estimate estimate = estimate(submission.get());

    assertThat(estimate.cost()).isEqualTo(usd("1.96"));
    assertThat(estimate.counters().accepted()).isEqualTo(98);
    assertThat(estimate.counters().invalid()).isEqualTo(2);
    assertThat(estimate.rejected())
        .extracting(entry -> entry.position(), entry -> entry.reason())
        .containsExactly(
            tuple(98, Reason.INVALID_DESTINATION), tuple(99, Reason.INVALID_DESTINATION));
    assertThat(estimate.covered()).isTrue();
    assertThat(create(submission.get()).billing().held()).isEqualTo(usd("1.96"));
    assertThat(till.available()).isEqualTo(usd("98.04"));
  }

  /// S0: 500 at 0.05.
  @Test
  void fiveHundredAtFiveCents() {
    till.sms("0.05").credit("25");
    assertThat(estimate(anSms("hello").to(500)).cost()).isEqualTo(usd("25.00"));
    assertThat(estimate(anSms("hello").to(500)).covered()).isTrue();
    assertThat(estimate(anSms("hello").to(501)).covered()).isFalse();
  }

  @Test
  void costsAsManyPartsAsAreSent() {
    till.sms("0.02");
    assertThat(estimate(anSms("x".repeat(158) + "€").to(1)).cost()).isEqualTo(usd("0.02"));
    assertThat(estimate(anSms("x".repeat(159) + "[").to(1)).cost()).isEqualTo(usd("0.04"));
    assertThat(estimate(anSms("x".repeat(161)).to(1)).cost()).isEqualTo(usd("0.04"));
    assertThat(estimate(anSms("Ж".repeat(70)).to(1)).cost()).isEqualTo(usd("0.02"));
    assertThat(estimate(anSms("Ж".repeat(71)).to(1)).cost()).isEqualTo(usd("0.04"));
    assertThat(estimate(anSms("x".repeat(1_530)).to(1)).cost()).isEqualTo(usd("0.20"));
    Estimate tooLong = estimate(anSms("x").telling("+263771000001", "x".repeat(1_531)));
    assertThat(tooLong.counters().invalid()).isEqualTo(1);
  }

  @Test
  void tellsWhichCharactersForceUcs2AndWhatTheyCost() {
    till.sms("0.02");

    Estimate estimate =
        estimate(
            anSms("plain")
                .to("+263771000001")
                .telling("+263771000002", "x".repeat(70) + "…")
                .telling("+263771000003", "“short”")
                .telling("+263771000004", "x".repeat(150) + "…" + "…"));

    assertThat(estimate.coding().gsm()).isEqualTo(1);
    assertThat(estimate.coding().ucs2()).isEqualTo(3);
    assertThat(estimate.coding().forcing())
        .extracting(Estimate.CharacterUse::character, Estimate.CharacterUse::messages)
        .containsExactly(tuple("…", 2L), tuple("“", 1L), tuple("”", 1L));
    assertThat(estimate.coding().extraParts()).isEqualTo(1 + 2);
    assertThat(estimate.coding().extraCost()).isEqualTo(usd("0.06"));
    assertThat(estimate.parts()).isEqualTo(1 + 2 + 1 + 3);
    assertThat(estimate.cost()).isEqualTo(usd("0.14"));
  }

  @Test
  void itemisesTheCostByPrice() {
    till.sms("0.05");
    till.price(true, new Destination("ZW", ""), "0.02");

    Estimate estimate = estimate(anSms("x".repeat(161)).to(3).to("+447911123456"));

    assertThat(estimate.costs())
        .extracting(Estimate.Cost::messages, Estimate.Cost::parts, Estimate.Cost::amount)
        .containsExactly(tuple(3L, 6L, usd("0.12")), tuple(1L, 2L, usd("0.10")));
    assertThat(estimate.cost()).isEqualTo(usd("0.22"));
  }

  @Test
  void leavesOutWhoHasNoPriceInLive() {
    till.price(true, new Destination("ZW", ""), "0.02");

    Estimate estimate = estimate(anSms("hello").to(2).to("+447911123456"));

    assertThat(estimate.counters().accepted()).isEqualTo(2);
    assertThat(estimate.rejected())
        .singleElement()
        .extracting(entry -> entry.reason())
        .isEqualTo(Reason.NO_PRICE);
  }

  @Test
  void takesThePricesOfTheConfigurationInTest() {
    assertThat(estimateInTest(anSms("x".repeat(161)).to(2)).cost()).isEqualTo(usd("0.08"));
    assertThat(estimateInTest(aWhatsApp("hello").to(2)).cost()).isEqualTo(usd("0.02"));
    Estimate mail = estimateInTest(anEmail("hello").to("a@example.com", "b@example.com"));
    assertThat(mail.cost()).isEqualTo(usd("0.002"));
    assertThat(mail.coding().gsm() + mail.coding().ucs2()).isZero();
    assertThat(mail.available()).isEqualTo(usd("1000000"));
  }

  @Test
  void tellsThatNobodyCanBeSentToAndRefusesNothing() {
    till.sms("0.02");
    Estimate estimate = estimate(anSms("hello").to("12", "13"));

    assertThat(estimate.counters().accepted()).isZero();
    assertThat(estimate.cost()).isEqualTo(usd("0"));
    assertThat(estimate.rejected()).hasSize(2);
  }

  @Test
  void tellsThatItCostsMoreThanItMay() {
    till.sms("0.02");
    assertThat(estimate(anSms("hi").to(3).costingAtMost(usd("0.06"))).tooDear()).isFalse();
    assertThat(estimate(anSms("hi").to(3).costingAtMost(usd("0.059999"))).tooDear()).isTrue();
  }

  @Test
  void storesNothingAndSetsNothingAside() {
    till.sms("0.02").credit("1");
    estimate(anSms("hello").to(10).withRequestId("r-1"));

    assertThat(till.available()).isEqualTo(usd("1"));
    assertThat(till.house.store.jobs().list(till.live, JobFilter.ALL, PageRequest.first()).items())
        .isEmpty();
    assertThat(create(anSms("hello").to(10).withRequestId("r-1")).counters().total()).isEqualTo(10);
  }

  @Test
  void countsStoredRecipientsAsTheyWouldBeAccepted() {
    till.sms("0.02").credit("1");
    People people =
        new People(
            till.house.store, till.house.store.recipients(), till.house.store.groups(), till.live);
    RecipientId first = people.withPhone(1).id();
    RecipientId second = people.withPhone(2).id();
    Supplier<Submission> submission =
        () ->
            anSms("hello")
                .toStored(
                    new Audiences.Selection.Ids(
                        List.of(first, second, new RecipientId(99_999), first)));

    Estimate estimate = estimate(submission.get());

    assertThat(estimate.counters().atAcceptance())
        .isEqualTo(create(submission.get()).counters().atAcceptance());
    assertThat(estimate.counters().accepted()).isEqualTo(2);
    assertThat(estimate.cost()).isEqualTo(usd("0.04"));
  }

  @Test
  void refusesWhatCannotBeEstimated() {
    assertThat(fields(anSms("hello").toBeUploaded())).containsExactly("upload");
    assertThat(fields(anSms("hello").to(3).declaring(4))).containsExactly("count");
    assertThat(fields(anSms("hello"))).containsExactly("sms.to");
  }

  /// What is told before is what is held after, for any submission.
  @Test
  void equalsTheInvoice() {
    till.sms("0.05").credit("1000000");
    till.price(true, new Destination("ZW", ""), "0.02");
    till.price(false, new Destination("", "+26371"), "0.013");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      long shape = random.nextLong();
      Estimate estimate = estimate(anySubmission(new Random(shape)));
      if (estimate.counters().accepted() == 0) {
        continue;
      }
      Money before = till.available();
      BulkJob job = create(anySubmission(new Random(shape)));
      String place = "seed " + seed + ", round " + round;
      assertThat(job.billing().held()).as(place).isEqualTo(estimate.cost());
      assertThat(before.minus(till.available())).as(place).isEqualTo(estimate.cost());
      assertThat(job.billing().parts()).as(place).isEqualTo(estimate.parts());
      assertThat(job.counters()).as(place).isEqualTo(estimate.counters());
    }
  }

  private static Submission anySubmission(Random random) {
    Submission submission =
        random.nextBoolean()
            ? anSms("Dear {{name}}, " + "x".repeat(random.nextInt(300)))
            : anSms("y".repeat(1 + random.nextInt(200)) + (random.nextBoolean() ? "…" : ""));
    String[] beginnings = {"+26377", "+26371", "+4479111"};
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      String address =
          random.nextInt(8) == 0
              ? "nobody"
              : beginnings[random.nextInt(3)] + (10_000 + random.nextInt(30)) + "00";
      switch (random.nextInt(3)) {
        case 0 -> submission.filling(address, Map.of("name", "ж".repeat(random.nextInt(40))));
        case 1 -> submission.telling(address, "z".repeat(random.nextInt(1_700)));
        default -> submission.to(address);
      }
    }
    return submission;
  }

  private Estimate estimate(Submission submission) {
    return till.house.estimateBulkJob.handle(new EstimateBulkJob.Query(submission.by(till.live)));
  }

  private Estimate estimateInTest(Submission submission) {
    return till.house.estimateBulkJob.handle(new EstimateBulkJob.Query(submission.by(till.test)));
  }

  private BulkJob create(Submission submission) {
    return till.house.createBulkJob.handle(submission.by(till.live)).job();
  }

  private List<String> fields(Submission submission) {
    DomainError error =
        catchThrowableOfType(DomainException.class, () -> estimate(submission)).error();
    return ((DomainError.InvalidFields) error)
        .violations().stream().map(FieldViolation::path).toList();
  }
}
