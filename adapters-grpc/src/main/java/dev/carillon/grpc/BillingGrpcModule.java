package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.carillon.application.billing.EndPrice;
import dev.carillon.application.billing.GetBalance;
import dev.carillon.application.billing.GetBulkJobInvoice;
import dev.carillon.application.billing.ListLedgerEntries;
import dev.carillon.application.billing.ListPrices;
import dev.carillon.application.billing.SetPrice;
import dev.carillon.application.billing.TopUp;

/// Wires BillingService: needs its use cases.
final class BillingGrpcModule extends AbstractModule {
  @Provides
  BillingGrpcService service(
      GetBalance balance,
      TopUp topUp,
      ListLedgerEntries entries,
      ListPrices prices,
      SetPrice set,
      EndPrice end,
      GetBulkJobInvoice invoice) {
    return new BillingGrpcService(
        new BillingUseCases(balance, topUp, entries, prices, set, end, invoice));
  }
}
