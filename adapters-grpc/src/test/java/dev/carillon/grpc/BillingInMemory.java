package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.carillon.application.Idempotency;
import dev.carillon.application.billing.BillingSettings;
import dev.carillon.application.billing.EndPrice;
import dev.carillon.application.billing.GetBalance;
import dev.carillon.application.billing.GetBulkJobInvoice;
import dev.carillon.application.billing.ListLedgerEntries;
import dev.carillon.application.billing.ListPrices;
import dev.carillon.application.billing.SetPrice;
import dev.carillon.application.billing.TopUp;
import dev.carillon.application.memory.InMemoryStore;
import java.time.InstantSource;

/// The use cases about money over a store in memory.
final class BillingInMemory extends AbstractModule {
  /// The usual prices of TEST, and its usual play money.
  static final BillingSettings SETTINGS = BillingSettings.DEFAULTS;

  private final InMemoryStore store;
  private final InstantSource clock;

  BillingInMemory(InMemoryStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Provides
  GetBalance balance() {
    return new GetBalance(store.ledger(), SETTINGS);
  }

  @Provides
  TopUp topUp() {
    TopUp.Desk desk = new TopUp.Desk(idempotency(), store.ledger(), store.outbox(), store.trail());
    return new TopUp(desk, desk, store.businesses(), SETTINGS, clock);
  }

  @Provides
  ListLedgerEntries entries() {
    return new ListLedgerEntries(store.ledger(), store.jobs());
  }

  @Provides
  ListPrices prices() {
    return new ListPrices(store.prices(), clock);
  }

  @Provides
  SetPrice set() {
    return new SetPrice(idempotency(), store.prices(), store.trail(), SETTINGS, clock);
  }

  @Provides
  EndPrice end() {
    return new EndPrice(idempotency(), store.prices(), store.trail(), clock);
  }

  @Provides
  GetBulkJobInvoice invoice() {
    return new GetBulkJobInvoice(
        store, store.records(), store.jobs(), store.chunks(), store.prices());
  }

  private Idempotency idempotency() {
    return new Idempotency(store, store.keys(), clock);
  }
}
