package dev.carillon.bootstrap.service;

import com.google.type.Money;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.carillon.v1.Balance;
import dev.carillon.v1.BillingServiceGrpc;
import dev.carillon.v1.BillingServiceGrpc.BillingServiceBlockingStub;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.Business;
import dev.carillon.v1.Channel;
import dev.carillon.v1.CreateApiKeyRequest;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateBusinessRequest;
import dev.carillon.v1.Environment;
import dev.carillon.v1.EstimateBulkJobRequest;
import dev.carillon.v1.EstimateBulkJobResponse;
import dev.carillon.v1.GetBalanceRequest;
import dev.carillon.v1.GetBulkJobInvoiceRequest;
import dev.carillon.v1.InvoiceLine;
import dev.carillon.v1.LedgerEntryKind;
import dev.carillon.v1.ListLedgerEntriesRequest;
import dev.carillon.v1.ListLedgerEntriesResponse;
import dev.carillon.v1.Price;
import dev.carillon.v1.PriceUnit;
import dev.carillon.v1.SetPriceRequest;
import dev.carillon.v1.TopUpRequest;
import dev.carillon.v1.UserType;
import io.grpc.stub.MetadataUtils;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;

/// A business that an operator made, with prices and play money of its own; amounts are written in
/// units of its currency, such as "0.02".
final class Merchant implements AutoCloseable {
  private static final int NANOS = 9;

  private final String key;
  private final Client client;

  private Merchant(int port, String key) {
    this.key = key;
    this.client = new Client(port, key);
  }

  /// A new one without prices or money.
  static Merchant of(Client operator, int port, String name) {
    AdminServiceBlockingStub admin =
        AdminServiceGrpc.newBlockingStub(operator.channel())
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(operator.credential()));
    long business =
        admin
            .createBusiness(
                CreateBusinessRequest.newBuilder()
                    .setBusiness(
                        Business.newBuilder()
                            .setName(name)
                            .setDefaultRegion("ZW")
                            .setCurrency("USD"))
                    .build())
            .getBusiness()
            .getBusinessId();
    String key =
        admin
            .createApiKey(
                CreateApiKeyRequest.newBuilder()
                    .setBusinessId(business)
                    .setEnvironment(Environment.ENVIRONMENT_TEST)
                    .setUserType(UserType.USER_TYPE_ADMIN_USER)
                    .setName("test")
                    .build())
            .getSecret();
    return new Merchant(port, key);
  }

  /// The same at another service.
  Merchant at(int port) {
    return new Merchant(port, key);
  }

  Client client() {
    return client;
  }

  BillingServiceBlockingStub billing() {
    return BillingServiceGrpc.newBlockingStub(client.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(client.credential()))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  /// What a part of an SMS costs.
  Merchant pricing(String amount) {
    return pricing("", PriceUnit.PRICE_UNIT_PART, amount);
  }

  /// What an SMS costs to numbers that begin so.
  Merchant pricing(String prefix, PriceUnit unit, String amount) {
    Price.Builder price =
        Price.newBuilder().setChannel(Channel.CHANNEL_SMS).setUnit(unit).setAmount(money(amount));
    if (!prefix.isEmpty()) {
      price.setPrefix(prefix);
    }
    billing().setPrice(SetPriceRequest.newBuilder().setPrice(price).build());
    return this;
  }

  Merchant paying(String amount) {
    billing()
        .topUp(TopUpRequest.newBuilder().setAmount(money(amount)).setReference("payment").build());
    return this;
  }

  EstimateBulkJobResponse estimate(CreateBulkJobRequest.Builder submission) {
    return client
        .jobs()
        .estimateBulkJob(EstimateBulkJobRequest.newBuilder().setSubmission(submission).build());
  }

  Balance balance() {
    return billing().getBalance(GetBalanceRequest.getDefaultInstance()).getBalance();
  }

  /// What the lines of a job's invoice come to.
  BigDecimal invoiced(BulkJob job) {
    return billing()
        .getBulkJobInvoice(GetBulkJobInvoiceRequest.newBuilder().setBulkId(job.getBulkId()).build())
        .getLinesList()
        .stream()
        .map(InvoiceLine::getHeld)
        .map(Merchant::units)
        .reduce(cents("0"), BigDecimal::add);
  }

  /// What the ledger says was booked for a job in this way.
  BigDecimal booked(BulkJob job, LedgerEntryKind kind) {
    ListLedgerEntriesResponse entries =
        billing()
            .listLedgerEntries(
                ListLedgerEntriesRequest.newBuilder()
                    .setBulkId(job.getBulkId())
                    .addKinds(kind)
                    .setPageSize(1_000)
                    .build());
    return entries.getEntriesList().stream()
        .map(entry -> units(entry.getAmount()))
        .reduce(cents("0"), BigDecimal::add);
  }

  static BigDecimal held(BulkJob job) {
    return units(job.getBilling().getTotalCost());
  }

  /// An amount as the API writes it.
  static Money money(String units) {
    BigDecimal amount = new BigDecimal(units);
    BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
    return Money.newBuilder()
        .setCurrencyCode("USD")
        .setUnits(whole.longValueExact())
        .setNanos(amount.subtract(whole).movePointRight(NANOS).intValueExact())
        .build();
  }

  /// An amount that the API wrote.
  static BigDecimal units(Money money) {
    return BigDecimal.valueOf(money.getUnits())
        .add(BigDecimal.valueOf(money.getNanos(), NANOS))
        .setScale(6, RoundingMode.UNNECESSARY);
  }

  /// An amount to compare with.
  static BigDecimal cents(String units) {
    return new BigDecimal(units).setScale(6, RoundingMode.UNNECESSARY);
  }

  @Override
  public void close() {
    client.close();
  }
}
