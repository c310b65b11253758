package dev.carillon.grpc;

import dev.carillon.application.billing.GetBulkJobInvoice;
import dev.carillon.application.billing.TopUp;
import dev.carillon.application.port.Page;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.Invoice;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.business.Scope;
import dev.carillon.v1.EndPriceResponse;
import dev.carillon.v1.GetBalanceResponse;
import dev.carillon.v1.GetBulkJobInvoiceResponse;
import dev.carillon.v1.InvoiceLine;
import dev.carillon.v1.ListLedgerEntriesResponse;
import dev.carillon.v1.ListPricesResponse;
import dev.carillon.v1.SetPriceResponse;
import dev.carillon.v1.TopUpResponse;

/// Maps balances, entries, prices and invoices to the answers of the API.
final class BillingResponses {
  private BillingResponses() {}

  static GetBalanceResponse balance(Scope scope, Balance balance) {
    return GetBalanceResponse.newBuilder().setBalance(proto(scope, balance)).build();
  }

  static TopUpResponse toppedUp(TopUp.Result result) {
    return TopUpResponse.newBuilder()
        .setBalance(proto(result.scope(), result.balance()))
        .setEntry(entry(result.entry()))
        .setRepeatedReference(result.repeated())
        .build();
  }

  static ListLedgerEntriesResponse entries(Page<LedgerEntry> page, PageTokens tokens) {
    return ListLedgerEntriesResponse.newBuilder()
        .addAllEntries(page.items().stream().map(BillingResponses::entry).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  static ListPricesResponse prices(Page<Price> page, PageTokens tokens) {
    return ListPricesResponse.newBuilder()
        .addAllPrices(page.items().stream().map(BillingResponses::price).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  static SetPriceResponse set(Price price) {
    return SetPriceResponse.newBuilder().setPrice(price(price)).build();
  }

  static EndPriceResponse ended(Price price) {
    return EndPriceResponse.newBuilder().setPrice(price(price)).build();
  }

  static GetBulkJobInvoiceResponse invoice(GetBulkJobInvoice.Result result) {
    return GetBulkJobInvoiceResponse.newBuilder()
        .setBulkId(result.bulkId().toString())
        .addAllLines(result.lines().stream().map(BillingResponses::line).toList())
        .setBilling(BulkJobResponses.billing(result.total()))
        .setRefundsUndelivered(result.plan().undelivered())
        .setRefundsUnknown(result.plan().lostAnswer())
        .setDeliverySettled(result.settled())
        .build();
  }

  static dev.carillon.v1.Price price(Price price) {
    dev.carillon.v1.Price.Builder response =
        dev.carillon.v1.Price.newBuilder()
            .setPriceId(price.id().value())
            .setForEverybody(price.business() == null)
            .setEnvironment(ProtoEnums.ENVIRONMENT.toProto(price.environment()))
            .setChannel(ProtoEnums.CHANNEL.toProto(price.channel()))
            .setUnit(ProtoEnums.PRICE_UNIT.toProto(price.unit()))
            .setAmount(ProtoValues.money(price.amount()));
    if (!price.destination().country().isEmpty()) {
      response.setCountry(price.destination().country());
    }
    if (!price.destination().prefix().isEmpty()) {
      response.setPrefix(price.destination().prefix());
    }
    if (!price.id().equals(PriceId.NONE)) {
      response.setValidFrom(ProtoValues.timestamp(price.validFrom()));
    }
    if (price.validTo() != null) {
      response.setValidTo(ProtoValues.timestamp(price.validTo()));
    }
    return response.build();
  }

  private static dev.carillon.v1.Balance proto(Scope scope, Balance balance) {
    return dev.carillon.v1.Balance.newBuilder()
        .setBusinessId(scope.business().value())
        .setEnvironment(ProtoEnums.ENVIRONMENT.toProto(scope.environment()))
        .setCurrency(balance.available().currency())
        .setAvailable(ProtoValues.money(balance.available()))
        .setHeld(ProtoValues.money(balance.held()))
        .setOwed(ProtoValues.money(balance.owed()))
        .build();
  }

  private static dev.carillon.v1.LedgerEntry entry(LedgerEntry entry) {
    dev.carillon.v1.LedgerEntry.Builder response =
        dev.carillon.v1.LedgerEntry.newBuilder()
            .setEntryId(entry.id())
            .setKind(ProtoEnums.ENTRY_KIND.toProto(entry.kind()))
            .setAmount(ProtoValues.money(entry.amount()))
            .setFromAccount(ProtoEnums.ACCOUNT.toProto(entry.kind().from()))
            .setToAccount(ProtoEnums.ACCOUNT.toProto(entry.kind().to()))
            .setReference(entry.reference())
            .setCreatedBy(entry.createdBy())
            .setCreateTime(ProtoValues.timestamp(entry.at()));
    if (entry.job() != null) {
      response.setBulkId(entry.job().toString());
    }
    return response.build();
  }

  private static InvoiceLine line(GetBulkJobInvoice.Line line) {
    Invoice.Item item = line.item();
    return InvoiceLine.newBuilder()
        .setPrice(price(line.price()))
        .setMessages(item.messages())
        .setParts(item.parts())
        .setHeld(ProtoValues.money(item.held()))
        .setCaptured(ProtoValues.money(item.captured()))
        .setRefunded(ProtoValues.money(item.refunded()))
        .build();
  }
}
