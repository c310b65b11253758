package dev.carillon.grpc;

import dev.carillon.application.billing.EndPrice;
import dev.carillon.application.billing.GetBalance;
import dev.carillon.application.billing.GetBulkJobInvoice;
import dev.carillon.application.billing.ListLedgerEntries;
import dev.carillon.application.billing.ListPrices;
import dev.carillon.application.billing.SetPrice;
import dev.carillon.application.billing.TopUp;

/// What can be done with money.
record BillingUseCases(
    GetBalance balance,
    TopUp topUp,
    ListLedgerEntries entries,
    ListPrices prices,
    SetPrice set,
    EndPrice end,
    GetBulkJobInvoice invoice) {}
