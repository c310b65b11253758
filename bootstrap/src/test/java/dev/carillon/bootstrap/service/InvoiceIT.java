package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.type.Money;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AuditBulkJobRequest;
import dev.carillon.v1.AuditDifference;
import dev.carillon.v1.BillingServiceGrpc;
import dev.carillon.v1.BillingServiceGrpc.BillingServiceBlockingStub;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.Channel;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.EndPriceRequest;
import dev.carillon.v1.EstimateBulkJobRequest;
import dev.carillon.v1.EstimateBulkJobResponse;
import dev.carillon.v1.EstimatedCost;
import dev.carillon.v1.GetBalanceRequest;
import dev.carillon.v1.GetBulkJobInvoiceRequest;
import dev.carillon.v1.GetBulkJobInvoiceResponse;
import dev.carillon.v1.InvoiceLine;
import dev.carillon.v1.LedgerAccount;
import dev.carillon.v1.LedgerEntry;
import dev.carillon.v1.ListLedgerEntriesRequest;
import dev.carillon.v1.ListPricesRequest;
import dev.carillon.v1.Price;
import dev.carillon.v1.SetPriceRequest;
import io.grpc.stub.MetadataUtils;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One job's money from the estimate to the invoice, and prices for one and for all, over the whole
/// service.
@Timeout(180)
class InvoiceIT {
  private static final long MICROS = 1_000_000;
  private static final long PRICE = 20_000;

  private static EmbeddedPostgres postgres;
  private static RunningCarillon carillon;
  private static Client operator;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.temporary();
    Map<String, String> settings =
        Map.of(
            "CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"),
            "CARILLON_DATABASE_USER", postgres.user(),
            "CARILLON_DATABASE_PASSWORD", postgres.password());
    carillon = RunningCarillon.with(settings);
    Configuration configuration = Configuration.load(null, settings);
    try (PostgresSource source = PostgresSource.of(configuration.store())) {
      operator = new Client(carillon.port(), TestKeys.create(source, Role.OPERATOR));
    }
  }

  @AfterAll
  static void stop() {
    operator.close();
    carillon.close();
    postgres.close();
  }

  @Test
  void whatIsEstimatedIsHeldAndTheInvoiceTellsWhatBecameOfIt() {
    CreateBulkJobRequest submission =
        Client.anSmsJobTo(1_200).addTo("+12025550120").addTo("12").build();
    long available = available();

    EstimateBulkJobResponse estimate = estimate(submission);
    BulkJob created = carillon.client().jobs().createBulkJob(submission).getBulkJob();

    assertThat(micros(estimate.getCost())).isEqualTo(1_201 * PRICE);
    assertThat(created.getBilling().getTotalCost()).isEqualTo(estimate.getCost());
    BulkJob ended = carillon.client().awaitJob(created.getBulkId(), BulkJob::getDone);
    assertThat(ended.getCounters().getSentCount()).isEqualTo(1_200);
    assertThat(micros(ended.getBilling().getCaptured())).isEqualTo(1_200 * PRICE);
    GetBulkJobInvoiceResponse invoice = invoice(ended.getBulkId());
    assertThat(invoice.getBilling()).isEqualTo(ended.getBilling());
    assertThat(invoice.getLinesList())
        .extracting(InvoiceLine::getMessages, line -> micros(line.getRefunded()))
        .containsExactly(tuple(1_201L, PRICE));
    assertThat(available - available()).isEqualTo(1_200 * PRICE);
    assertThat(audit(ended.getBulkId())).isEmpty();
    assertThat(accounts(ended.getBulkId()))
        .containsOnly(
            Map.entry(LedgerAccount.LEDGER_ACCOUNT_AVAILABLE, -1_200 * PRICE),
            Map.entry(LedgerAccount.LEDGER_ACCOUNT_HELD, 0L),
            Map.entry(LedgerAccount.LEDGER_ACCOUNT_CAPTURED, 1_200 * PRICE));
  }

  @Test
  void pricesOfTheListTakeThePlaceOfTheConfiguredOnesUntilTheyEnd() {
    Price general = set(Price.newBuilder().setForEverybody(true).setPrefix("+1415"), 70_000);
    Price own = set(Price.newBuilder().setPrefix("+1415"), 50_000);
    CreateBulkJobRequest submission =
        Client.anSmsJobTo(1).addTo("+14155550102").addTo("+12025550102").build();

    assertThat(estimate(submission).getCostsList())
        .extracting(cost -> cost.getPrice().getPriceId(), EstimatedCost::getMessages)
        .containsExactly(tuple(0L, 2L), tuple(own.getPriceId(), 1L));
    assertThat(micros(estimate(submission).getCost())).isEqualTo(2 * PRICE + 50_000);
    assertThat(
            billing(carillon.client())
                .listPrices(ListPricesRequest.getDefaultInstance())
                .getPricesList())
        .contains(own);

    end(own);
    assertThat(micros(estimate(submission).getCost())).isEqualTo(2 * PRICE + 70_000);
    end(general);
    assertThat(micros(estimate(submission).getCost())).isEqualTo(3 * PRICE);
  }

  /// What the entries about a job have moved, by account.
  private static Map<LedgerAccount, Long> accounts(String bulkId) {
    Map<LedgerAccount, Long> sums = new EnumMap<>(LedgerAccount.class);
    for (LedgerEntry entry :
        billing(carillon.client())
            .listLedgerEntries(
                ListLedgerEntriesRequest.newBuilder().setBulkId(bulkId).setPageSize(1_000).build())
            .getEntriesList()) {
      sums.merge(entry.getFromAccount(), -micros(entry.getAmount()), Long::sum);
      sums.merge(entry.getToAccount(), micros(entry.getAmount()), Long::sum);
    }
    return sums;
  }

  private static Price set(Price.Builder price, int micros) {
    Money amount = Money.newBuilder().setCurrencyCode("USD").setNanos(micros * 1_000).build();
    return billing(operator)
        .setPrice(
            SetPriceRequest.newBuilder()
                .setPrice(price.setChannel(Channel.CHANNEL_SMS).setAmount(amount))
                .build())
        .getPrice();
  }

  private static void end(Price price) {
    Price ended =
        billing(operator)
            .endPrice(EndPriceRequest.newBuilder().setPriceId(price.getPriceId()).build())
            .getPrice();
    assertThat(ended.hasValidTo()).isTrue();
  }

  private static EstimateBulkJobResponse estimate(CreateBulkJobRequest submission) {
    return carillon
        .client()
        .jobs()
        .estimateBulkJob(EstimateBulkJobRequest.newBuilder().setSubmission(submission).build());
  }

  private static GetBulkJobInvoiceResponse invoice(String bulkId) {
    return billing(carillon.client())
        .getBulkJobInvoice(GetBulkJobInvoiceRequest.newBuilder().setBulkId(bulkId).build());
  }

  private static List<AuditDifference> audit(String bulkId) {
    return AdminServiceGrpc.newBlockingStub(operator.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(operator.credential()))
        .auditBulkJob(AuditBulkJobRequest.newBuilder().setBulkId(bulkId).build())
        .getDifferencesList();
  }

  private static long available() {
    return micros(
        billing(carillon.client())
            .getBalance(GetBalanceRequest.getDefaultInstance())
            .getBalance()
            .getAvailable());
  }

  private static BillingServiceBlockingStub billing(Client client) {
    return BillingServiceGrpc.newBlockingStub(client.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(client.credential()));
  }

  private static long micros(Money money) {
    return money.getUnits() * MICROS + money.getNanos() / 1_000;
  }
}
