package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.v1.BillingServiceGrpc.BillingServiceBlockingStub;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.Channel;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.EndPriceRequest;
import dev.carillon.v1.EstimateBulkJobRequest;
import dev.carillon.v1.EstimateBulkJobResponse;
import dev.carillon.v1.GetBalanceRequest;
import dev.carillon.v1.GetBulkJobInvoiceRequest;
import dev.carillon.v1.GetBulkJobInvoiceResponse;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.LedgerAccount;
import dev.carillon.v1.LedgerEntry;
import dev.carillon.v1.LedgerEntryKind;
import dev.carillon.v1.ListLedgerEntriesRequest;
import dev.carillon.v1.ListLedgerEntriesResponse;
import dev.carillon.v1.ListPricesRequest;
import dev.carillon.v1.Price;
import dev.carillon.v1.RejectedEntry;
import dev.carillon.v1.SetPriceRequest;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.TopUpRequest;
import dev.carillon.v1.TopUpResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BillingIT {
  private static final String ADMINS_KEY = "sk_live_admin";
  private static final Scope LIVE = new Scope(new BusinessId(1), Environment.LIVE);

  private House house;
  private BillingServiceBlockingStub billing;

  @BeforeEach
  void open() {
    house = House.open();
    house.credentials.grant(
        ADMINS_KEY, new Caller(LIVE, Role.ADMIN_USER, "key-admin", "ZW", "USD"));
    billing = house.billing(ADMINS_KEY);
  }

  @AfterEach
  void close() throws InterruptedException {
    house.close();
  }

  @Test
  void booksATopUpOncePerReference() {
    TopUpRequest request = topUp("payment 1", usd(25, 0));

    TopUpResponse first = billing.topUp(request);
    TopUpResponse again = billing.topUp(request);

    assertThat(first.getBalance().getAvailable()).isEqualTo(usd(25, 0));
    assertThat(first.getEntry().getKind()).isEqualTo(LedgerEntryKind.LEDGER_ENTRY_KIND_TOP_UP);
    assertThat(first.getEntry().getFromAccount()).isEqualTo(LedgerAccount.LEDGER_ACCOUNT_FUNDING);
    assertThat(first.getEntry().getToAccount()).isEqualTo(LedgerAccount.LEDGER_ACCOUNT_AVAILABLE);
    assertThat(again.getRepeatedReference()).isTrue();
    assertThat(again.getEntry()).isEqualTo(first.getEntry());
    assertThat(balance(billing)).isEqualTo(usd(25, 0));

    StatusRuntimeException refusal =
        Refusals.of(() -> billing.topUp(topUp("payment 1", usd(26, 0))));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(Refusals.reason(refusal)).isEqualTo("TOP_UP_REUSED");
  }

  @Test
  void refusesMoneyThatIsNone() {
    assertThat(Refusals.paths(Refusals.of(() -> billing.topUp(topUp("x", usd(0, 1))))))
        .containsExactly("amount");
    assertThat(Refusals.paths(Refusals.of(() -> billing.topUp(topUp("x", usd(0, 0))))))
        .containsExactly("amount");
    assertThat(Refusals.reason(Refusals.of(() -> billing.topUp(topUp("x", in("EUR", 1, 0))))))
        .isEqualTo("CURRENCY_MISMATCH");
    assertThat(Refusals.reason(Refusals.of(() -> billing.topUp(topUp("x", usd(-1, 0))))))
        .isEqualTo("NO_CREDIT");
  }

  @Test
  void keepsPlayMoneyApartAndForWhoeverSends() {
    BillingServiceBlockingStub users = house.billing(House.KEY);

    assertThat(balance(users)).isEqualTo(usd(1_000_000, 0));
    assertThat(users.topUp(topUp("more", usd(1, 0))).getBalance().getAvailable())
        .isEqualTo(usd(1_000_001, 0));
    assertThat(balance(billing)).isEqualTo(usd(0, 0));
  }

  @Test
  void setsListsAndEndsPrices() {
    Price set =
        billing
            .setPrice(
                SetPriceRequest.newBuilder()
                    .setPrice(
                        Price.newBuilder()
                            .setChannel(Channel.CHANNEL_SMS)
                            .setPrefix("+26377")
                            .setAmount(usd(0, 20_000_000)))
                    .build())
            .getPrice();

    assertThat(set.getPriceId()).isPositive();
    assertThat(set.getForEverybody()).isFalse();
    assertThat(prices()).containsExactly(set);
    house.clock.advance(Duration.ofMinutes(1));
    assertThat(
            billing
                .endPrice(EndPriceRequest.newBuilder().setPriceId(set.getPriceId()).build())
                .getPrice()
                .hasValidTo())
        .isTrue();
    assertThat(prices()).isEmpty();
    assertThat(
            Refusals.reason(
                Refusals.of(
                    () -> billing.endPrice(EndPriceRequest.newBuilder().setPriceId(99).build()))))
        .isEqualTo("PRICE_NOT_FOUND");
  }

  @Test
  void refusesPricesThatAreNone() {
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    billing.setPrice(
                        SetPriceRequest.newBuilder()
                            .setPrice(Price.newBuilder().setCountry("XX"))
                            .build()))))
        .containsExactly("price.channel", "price.country", "price.amount");
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    billing.setPrice(
                        SetPriceRequest.newBuilder()
                            .setPrice(Price.newBuilder().setPrefix("26377"))
                            .build()))))
        .containsExactly("price.prefix");
    StatusRuntimeException refusal =
        Refusals.of(() ->
            billing.setPrice(
                SetPriceRequest.newBuilder()
                    .setPrice(
                        Price.newBuilder()
                            .setForEverybody(true)
                            .setChannel(Channel.CHANNEL_SMS)
                            .setAmount(usd(1, 0)))
                    .build()));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(Refusals.reason(refusal)).isEqualTo("ROLE_REQUIRED");
  }

  @Test
  void estimatesWhatIsHeldAndItemisesIt() {
    CreateBulkJobRequest submission = submission("hello").addTo("12").build();

    EstimateBulkJobResponse estimate = estimate(submission);
    BulkJob job = house.jobs().createBulkJob(submission).getBulkJob();

    assertThat(estimate.getTotal()).isEqualTo(4);
    assertThat(estimate.getValid()).isEqualTo(3);
    assertThat(estimate.getInvalid()).isEqualTo(1);
    assertThat(estimate.getRejectedEntriesList())
        .extracting(RejectedEntry::getPath)
        .containsExactly("submission.to[3]");
    assertThat(estimate.getCost()).isEqualTo(usd(0, 60_000_000));
    assertThat(estimate.getCovered()).isTrue();
    assertThat(estimate.getProvider()).isEqualTo("simulated");
    assertThat(job.getBilling().getTotalCost()).isEqualTo(estimate.getCost());

    house.answer(house.handOver(job.getBulkId(), 2), new DispatchOutcome.Accepted("id"));
    GetBulkJobInvoiceResponse invoice = invoice(house.billing(House.KEY), job.getBulkId());

    assertThat(invoice.getLinesList())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getMessages()).isEqualTo(3);
          assertThat(line.getHeld()).isEqualTo(usd(0, 60_000_000));
          assertThat(line.getCaptured()).isEqualTo(usd(0, 40_000_000));
          assertThat(line.getPrice().getPriceId()).isZero();
        });
    assertThat(invoice.getBilling())
        .isEqualTo(
            house
                .jobs()
                .getBulkJob(GetBulkJobRequest.newBuilder().setBulkId(job.getBulkId()).build())
                .getBulkJob()
                .getBilling());
    assertThat(entries(house.billing(House.KEY), job.getBulkId()))
        .extracting(LedgerEntry::getKind)
        .containsExactly(
            LedgerEntryKind.LEDGER_ENTRY_KIND_CAPTURE, LedgerEntryKind.LEDGER_ENTRY_KIND_HOLD);
  }

  @Test
  void namesTheFieldsOfAnEstimateAsTheyWereGiven() {
    assertThat(Refusals.paths(Refusals.of(() -> estimate(submission("hello").setCount(9).build()))))
        .containsExactly("submission.count");
    assertThat(
            Refusals.paths(
                Refusals.of(() -> estimate(submission("hello").setRequestId("no good").build()))))
        .containsExactly("submission.request_id");
    assertThat(
            Refusals.paths(
                Refusals.of(
                    () -> estimate(submission("hello").setMaxCost(usd(1, -1_000)).build()))))
        .containsExactly("submission.max_cost");
    Money euro = usd(1, 0).toBuilder().setCurrencyCode("EUR").build();
    StatusRuntimeException foreign =
        Refusals.of(() -> estimate(submission("hello").setMaxCost(euro).build()));
    assertThat(Refusals.reason(foreign)).isEqualTo("CURRENCY_MISMATCH");
    assertThat(Refusals.paths(foreign)).containsExactly("submission.max_cost");
    assertThat(
            Refusals.reason(
                Refusals.of(() ->
                    house.jobs().createBulkJob(submission("hello").setMaxCost(euro).build()))))
        .isEqualTo("CURRENCY_MISMATCH");
  }

  @Test
  void refusesAnEstimateOfMoreThanASubmissionMayHaveBeforeItIsDecoded() {
    CreateBulkJobRequest.Builder submission = submission("hello");
    for (int i = 0; i < 50_001; i++) {
      submission.addEntries(BulkJobEntry.getDefaultInstance());
    }
    submission.clearTo();

    StatusRuntimeException refusal = Refusals.of(() -> estimate(submission.build()));

    assertThat(Refusals.paths(refusal)).containsExactly("submission.entries");
    assertThat(refusal.getStatus().getDescription()).contains("50001");
  }

  @Test
  void refusesAJobThatCostsTooMuch() {
    StatusRuntimeException tooDear =
        Refusals.of(() ->
            house.jobs().createBulkJob(submission("hello").setMaxCost(usd(0, 59_999_000)).build()));
    assertThat(Refusals.reason(tooDear)).isEqualTo("MAX_COST_EXCEEDED");
    assertThat(Refusals.info(tooDear).getMetadataMap())
        .containsEntry("required", "0.060000")
        .containsEntry("max_cost", "0.059999")
        .containsEntry("currency", "USD");

    house.billing(House.KEY).topUp(topUp("out", usd(-999_999, -950_000_000)));
    StatusRuntimeException noCredit =
        Refusals.of(() -> house.jobs().createBulkJob(submission("hello").addTo("12").build()));
    assertThat(Refusals.reason(noCredit)).isEqualTo("NO_CREDIT");
    assertThat(Refusals.info(noCredit).getMetadataMap())
        .containsEntry("required", "0.060000")
        .containsEntry("balance", "0.050000")
        .containsEntry("valid", "3")
        .containsEntry("invalid", "1");
    assertThat(house.jobCount()).isZero();
  }

  @Test
  void pagesTheEntries() {
    for (int i = 0; i < 5; i++) {
      billing.topUp(topUp("payment " + i, usd(1 + i, 0)));
    }
    ListLedgerEntriesRequest first = ListLedgerEntriesRequest.newBuilder().setPageSize(3).build();
    ListLedgerEntriesResponse page = billing.listLedgerEntries(first);
    ListLedgerEntriesResponse rest =
        billing.listLedgerEntries(first.toBuilder().setPageToken(page.getNextPageToken()).build());

    assertThat(page.getTotalSize()).isEqualTo(5);
    assertThat(page.getEntriesList())
        .extracting(LedgerEntry::getReference)
        .containsExactly("payment 4", "payment 3", "payment 2");
    assertThat(rest.getEntriesList())
        .extracting(LedgerEntry::getReference)
        .containsExactly("payment 1", "payment 0");
    assertThat(rest.getNextPageToken()).isEmpty();
  }

  @Test
  void aStrangersJobHasNoInvoiceAndNoEntries() {
    BulkJob job = house.jobs().createBulkJob(submission("hello").build()).getBulkJob();
    String bulkId = job.getBulkId();

    for (String key : List.of(House.STRANGERS_KEY, ADMINS_KEY)) {
      assertThat(Refusals.reason(Refusals.of(() -> invoice(house.billing(key), bulkId))))
          .isEqualTo("BULK_JOB_NOT_FOUND");
      assertThat(Refusals.reason(Refusals.of(() -> entries(house.billing(key), bulkId))))
          .isEqualTo("BULK_JOB_NOT_FOUND");
    }
  }

  private EstimateBulkJobResponse estimate(CreateBulkJobRequest submission) {
    return house
        .jobs()
        .estimateBulkJob(EstimateBulkJobRequest.newBuilder().setSubmission(submission).build());
  }

  private List<Price> prices() {
    return billing.listPrices(ListPricesRequest.getDefaultInstance()).getPricesList();
  }

  private static Money balance(BillingServiceBlockingStub stub) {
    return stub.getBalance(GetBalanceRequest.getDefaultInstance()).getBalance().getAvailable();
  }

  private static List<LedgerEntry> entries(BillingServiceBlockingStub stub, String bulkId) {
    return stub.listLedgerEntries(ListLedgerEntriesRequest.newBuilder().setBulkId(bulkId).build())
        .getEntriesList();
  }

  private static GetBulkJobInvoiceResponse invoice(BillingServiceBlockingStub stub, String bulkId) {
    return stub.getBulkJobInvoice(GetBulkJobInvoiceRequest.newBuilder().setBulkId(bulkId).build());
  }

  private static CreateBulkJobRequest.Builder submission(String text) {
    return CreateBulkJobRequest.newBuilder()
        .setSms(SmsContent.newBuilder().setText(text))
        .addAllTo(List.of("+263771000001", "+263771000002", "+263771000003"));
  }

  private static TopUpRequest topUp(String reference, Money amount) {
    return TopUpRequest.newBuilder().setReference(reference).setAmount(amount).build();
  }

  private static Money usd(long units, int nanos) {
    return in("USD", units, nanos);
  }

  private static Money in(String currency, long units, int nanos) {
    return Money.newBuilder().setCurrencyCode(currency).setUnits(units).setNanos(nanos).build();
  }
}
