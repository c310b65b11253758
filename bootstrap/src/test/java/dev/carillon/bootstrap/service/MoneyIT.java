package dev.carillon.bootstrap.service;

import static dev.carillon.bootstrap.service.Merchant.cents;
import static dev.carillon.bootstrap.service.Merchant.held;
import static dev.carillon.bootstrap.service.Merchant.units;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.BillingServiceGrpc;
import dev.carillon.v1.BillingServiceGrpc.BillingServiceBlockingStub;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.EstimateBulkJobResponse;
import dev.carillon.v1.EstimatedCost;
import dev.carillon.v1.LedgerEntryKind;
import dev.carillon.v1.PriceUnit;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.TopUpRequest;
import dev.carillon.v1.TopUpResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What submissions cost, to the cent, as those see it who call two services over one PostgreSQL.
@Timeout(180)
class MoneyIT {
  private static final int SUBMISSIONS = 300;

  /// Override with `-Dcarillon.seed=…` to repeat a failure.
  private static final long SEED = Long.getLong("carillon.seed", System.nanoTime());

  private static EmbeddedPostgres postgres;
  private static Client operator;
  private static RunningCarillon first;
  private static RunningCarillon second;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.temporary();
    Map<String, String> settings =
        Map.of(
            "CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"),
            "CARILLON_DATABASE_USER", postgres.user(),
            "CARILLON_DATABASE_PASSWORD", postgres.password(),
            "CARILLON_BILLING_TEST_CREDIT", "0");
    first = RunningCarillon.with(settings);
    second = RunningCarillon.with(settings);
    String key =
        TestKeys.create(
            PostgresSource.of(Configuration.load(null, settings).store()), Role.OPERATOR);
    operator = new Client(first.port(), key);
  }

  @AfterAll
  static void stop() {
    operator.close();
    first.close();
    second.close();
    postgres.close();
  }

  @Test
  void ninetyEightValidOfAHundredAtTwoCentsCostOneNinetySix() {
    try (Merchant merchant = merchant("98 of 100").pricing("0.02").paying("10")) {
      CreateBulkJobRequest.Builder submission =
          Client.anSmsJobTo(98).addTo("12").addTo("not a number");

      EstimateBulkJobResponse estimate = merchant.estimate(submission);
      assertThat(estimate.getTotal()).isEqualTo(100);
      assertThat(estimate.getValid()).isEqualTo(98);
      assertThat(estimate.getInvalid()).isEqualTo(2);
      assertThat(units(estimate.getCost())).isEqualTo(cents("1.96"));
      assertThat(units(estimate.getBalance())).isEqualTo(cents("10"));
      assertThat(estimate.getCovered()).isTrue();

      assertCosts(merchant, merchant.client().create(submission), "1.96", "10");
    }
  }

  @Test
  void fiveHundredAtFiveCentsCostTwentyFive() {
    try (Merchant merchant = merchant("500").pricing("0.05").paying("25")) {
      CreateBulkJobRequest.Builder submission = Client.anSmsJobTo(500);

      assertThat(units(merchant.estimate(submission).getCost())).isEqualTo(cents("25.00"));

      assertCosts(merchant, merchant.client().create(submission), "25.00", "25");
    }
  }

  @Test
  void anOperatorTopsUpTheBusinessThatItNames() throws Exception {
    try (Merchant merchant = merchant("named").paying("5")) {
      TopUpRequest.Builder request =
          TopUpRequest.newBuilder()
              .setRequestId("transfer-1")
              .setAmount(Money.newBuilder().setCurrencyCode("USD").setUnits(7))
              .setReference("transfer")
              .setBusinessId(merchant.balance().getBusinessId());

      TopUpResponse first = billing(operator).topUp(request.build());

      assertThat(first.getBalance()).isEqualTo(merchant.balance());
      assertThat(units(merchant.balance().getAvailable())).isEqualTo(cents("12"));
      assertThat(billing(operator).topUp(request.build())).isEqualTo(first);
      assertThat(billing(operator).topUp(request.setRequestId("transfer-2").build()))
          .isEqualTo(first.toBuilder().setRepeatedReference(true).build());
      request.setBusinessId(Long.MAX_VALUE).setRequestId("");
      Refusals.of(() -> billing(operator).topUp(request.build()))
          .has(Status.Code.NOT_FOUND, "BUSINESS_NOT_FOUND");
      Refusals.of(() -> merchant.billing().topUp(request.build()))
          .has(Status.Code.NOT_FOUND, "BUSINESS_NOT_FOUND");
    }
  }

  private static BillingServiceBlockingStub billing(Client client) {
    return BillingServiceGrpc.newBlockingStub(client.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(client.credential()))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  /// Held and, when carriers took all of it, captured: estimate, job, invoice, ledger and balance
  /// say the same.
  private static void assertCosts(Merchant merchant, BulkJob created, String cost, String topUp) {
    assertThat(held(created)).isEqualTo(cents(cost));
    BulkJob ended =
        merchant
            .client()
            .pollJob(
                created.getBulkId(),
                job -> units(job.getBilling().getCaptured()).compareTo(cents(cost)) == 0);
    assertThat(units(ended.getBilling().getRefunded())).isEqualTo(cents("0"));
    assertThat(merchant.invoiced(created)).isEqualTo(cents(cost));
    assertThat(merchant.booked(created, LedgerEntryKind.LEDGER_ENTRY_KIND_HOLD))
        .isEqualTo(cents(cost));
    assertThat(merchant.booked(created, LedgerEntryKind.LEDGER_ENTRY_KIND_CAPTURE))
        .isEqualTo(cents(cost));
    assertThat(units(merchant.balance().getAvailable()))
        .isEqualTo(cents(topUp).subtract(cents(cost)));
    assertThat(units(merchant.balance().getHeld())).isEqualTo(cents("0"));
  }

  /// By GSM 03.38 and 3GPP TS 23.040: 160 septets or 70 characters of UCS-2 fit one part, 153 or 67
  /// each of several; "€" and "[" take two septets, which no part tears apart.
  @Test
  void everyTextCostsItsParts() {
    try (Merchant merchant = merchant("texts").pricing("0.02").paying("100")) {
      assertParts(merchant, "a".repeat(160), 1);
      assertParts(merchant, "a".repeat(161), 2);
      assertParts(merchant, "a".repeat(158) + "€", 1);
      assertParts(merchant, "a".repeat(159) + "€", 2);
      assertParts(merchant, "a".repeat(158) + "[", 1);
      assertParts(merchant, "a".repeat(159) + "[", 2);
      assertParts(merchant, "€[".repeat(40), 1);
      assertParts(merchant, "€[".repeat(40) + "€", 2);
      assertParts(merchant, "a".repeat(152) + "€" + "a".repeat(151), 2);
      assertParts(merchant, "a".repeat(152) + "€" + "a".repeat(152), 3);
      assertParts(merchant, "ж".repeat(70), 1);
      assertParts(merchant, "ж".repeat(71), 2);
      assertParts(merchant, "a".repeat(70) + "ж", 2);
      assertParts(merchant, "a".repeat(153 * 10), 10);
      assertParts(merchant, "ж".repeat(67 * 10), 10);
    }
  }

  private static void assertParts(Merchant merchant, String text, int parts) {
    CreateBulkJobRequest.Builder submission =
        Client.anSmsJobTo(3).setSms(SmsContent.newBuilder().setText(text));
    String cost = new BigDecimal("0.06").multiply(BigDecimal.valueOf(parts)).toPlainString();

    EstimateBulkJobResponse estimate = merchant.estimate(submission);
    assertThat(estimate.getParts()).as(text).isEqualTo(3L * parts);
    assertThat(units(estimate.getCost())).as(text).isEqualTo(cents(cost));

    BulkJob job = merchant.client().create(submission);
    assertThat(job.getBilling().getParts()).as(text).isEqualTo(3L * parts);
    assertThat(held(job)).as(text).isEqualTo(cents(cost));
    assertThat(merchant.invoiced(job)).as(text).isEqualTo(cents(cost));
  }

  @Test
  void whateverIsSubmittedHoldsWhatWasEstimated() {
    try (Merchant merchant =
        merchant("random")
            .pricing("0.021")
            .pricing("+263772", PriceUnit.PRICE_UNIT_PART, "0.000333")
            .pricing("+26371", PriceUnit.PRICE_UNIT_MESSAGE, "0.05")
            .pricing("+26373", PriceUnit.PRICE_UNIT_PART, "0")
            .paying("100000")) {
      for (long seed = SEED; seed < SEED + SUBMISSIONS; seed++) {
        compare(merchant, new RandomSubmission(new Random(seed)).any(), seed);
      }
    }
  }

  private static void compare(
      Merchant merchant, CreateBulkJobRequest.Builder submission, long seed) {
    String said = "-Dcarillon.seed=" + seed;
    EstimateBulkJobResponse estimate = merchant.estimate(submission);
    BigDecimal cost = units(estimate.getCost());
    assertThat(sum(estimate)).as(said).isEqualTo(cost);
    if (estimate.getValid() == 0) {
      assertThat(answer(merchant, submission)).as(said).isEqualTo(Status.Code.INVALID_ARGUMENT);
      return;
    }
    BulkJob job = merchant.client().create(submission);
    assertThat(held(job)).as(said).isEqualTo(cost);
    assertThat(job.getBilling().getParts()).as(said).isEqualTo(estimate.getParts());
    assertThat(job.getCounters().getAccepted()).as(said).isEqualTo(estimate.getValid());
    assertThat(merchant.invoiced(job)).as(said).isEqualTo(cost);
    assertThat(merchant.booked(job, LedgerEntryKind.LEDGER_ENTRY_KIND_HOLD))
        .as(said)
        .isEqualTo(cost);
  }

  private static BigDecimal sum(EstimateBulkJobResponse estimate) {
    return estimate.getCostsList().stream()
        .map(EstimatedCost::getAmount)
        .map(Merchant::units)
        .reduce(cents("0"), BigDecimal::add);
  }

  @Test
  void ofTwoHundredJobsAtOnceTheBalancePaysForExactlyAHundred() throws Exception {
    try (Merchant merchant = merchant("200 at once").pricing("0.02").paying("6.00");
        Merchant other = merchant.at(second.port())) {
      CreateBulkJobRequest.Builder submission = Client.anSmsJobTo(3).setSendTime(inAnHour());

      List<Status.Code> answers = new ArrayList<>();
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Status.Code>> calls =
            IntStream.range(0, 200)
                .<Callable<Status.Code>>mapToObj(
                    n -> () -> answer(n % 2 == 0 ? merchant : other, submission))
                .toList();
        for (Future<Status.Code> call : callers.invokeAll(calls)) {
          answers.add(call.get());
        }
      }

      assertThat(answers).filteredOn(Status.Code.OK::equals).hasSize(100);
      assertThat(answers)
          .filteredOn(code -> code != Status.Code.OK)
          .hasSize(100)
          .containsOnly(Status.Code.FAILED_PRECONDITION);
      assertThat(merchant.client().countJobs()).isEqualTo(100);
      assertThat(units(merchant.balance().getAvailable())).isEqualTo(cents("0"));
      assertThat(units(merchant.balance().getHeld())).isEqualTo(cents("6.00"));
    }
  }

  @Test
  void tellsWhoCannotPayWhatItWouldHaveCost() throws Exception {
    try (Merchant merchant = merchant("poor").pricing("0.02").paying("1.95")) {
      CreateBulkJobRequest.Builder submission = Client.anSmsJobTo(98).addTo("12").addTo("13");

      assertThat(merchant.estimate(submission).getCovered()).isFalse();
      assertThat(
              Refusals.of(() -> merchant.client().create(submission))
                  .has(Status.Code.FAILED_PRECONDITION, "NO_CREDIT")
                  .facts())
          .containsEntry("required", "1.960000")
          .containsEntry("balance", "1.950000")
          .containsEntry("currency", "USD")
          .containsEntry("valid", "98")
          .containsEntry("invalid", "2");
      assertThat(merchant.client().countJobs()).isZero();
    }
  }

  private static Status.Code answer(Merchant merchant, CreateBulkJobRequest.Builder submission) {
    try {
      merchant.client().create(submission.clone());
      return Status.Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }

  private static Merchant merchant(String name) {
    return Merchant.of(operator, first.port(), name);
  }

  private static Timestamp inAnHour() {
    return Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond() + 3_600).build();
  }

  /// Numbers of all prices and none, the same again, what is no number; texts of all codings and
  /// lengths, for all and for one.
  private record RandomSubmission(Random random) {
    private static final List<String> PREFIXES =
        List.of("+263771", "+263772", "+263712", "+263731", "+26378", "07712", "12");

    private static final List<String> CHARACTERS = List.of("a", "€", "[", "ж", "é", "😀", "ab ");

    /// Fits ten parts, whatever its characters; twice as much may not.
    private static final int MOST = 600;

    CreateBulkJobRequest.Builder any() {
      CreateBulkJobRequest.Builder submission =
          CreateBulkJobRequest.newBuilder()
              .setSms(SmsContent.newBuilder().setText(text(MOST)))
              .setDefaultRegion("ZW")
              .setSendTime(inAnHour());
      int recipients = 1 + random.nextInt(20);
      if (random.nextBoolean()) {
        Stream.generate(this::number).limit(recipients).forEach(submission::addTo);
      } else {
        Stream.generate(this::number)
            .limit(recipients)
            .forEach(number -> {
              var entry = submission.addEntriesBuilder().setTo(number);
              if (random.nextInt(3) == 0) {
                entry.getContentBuilder().setText(text(2 * MOST));
              }
            });
      }
      return submission;
    }

    private String number() {
      String prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
      int digits = Math.max(0, (prefix.startsWith("0") ? 10 : 13) - prefix.length());
      StringBuilder number = new StringBuilder(prefix);
      for (int digit = 0; digit < digits; digit++) {
        number.append(digit < digits - 2 ? 3 : random.nextInt(10));
      }
      return number.toString();
    }

    /// Of all lengths up to so much, in units of UTF-16.
    private String text(int most) {
      String usual = CHARACTERS.get(random.nextInt(CHARACTERS.size()));
      int length = 1 + random.nextInt(most);
      StringBuilder text = new StringBuilder();
      while (text.length() < length) {
        text.append(
            random.nextInt(20) == 0 ? CHARACTERS.get(random.nextInt(CHARACTERS.size())) : usual);
      }
      return text.toString();
    }
  }
}
