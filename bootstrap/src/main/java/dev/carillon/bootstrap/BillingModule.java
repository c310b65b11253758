package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.billing.BillingSettings;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.billing.EndPrice;
import dev.carillon.application.billing.GetBalance;
import dev.carillon.application.billing.GetBulkJobInvoice;
import dev.carillon.application.billing.ListLedgerEntries;
import dev.carillon.application.billing.ListPrices;
import dev.carillon.application.billing.SetPrice;
import dev.carillon.application.billing.TopUp;
import dev.carillon.application.port.Numbering;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import java.time.InstantSource;

/// Makes the use cases about money, and what prices submissions.
final class BillingModule extends AbstractModule {
  private final BillingSettings settings;

  BillingModule(BillingSettings settings) {
    this.settings = settings;
  }

  @Provides
  @Singleton
  Charging charging(Database database, Numbering numbering) {
    Stores stores = database.forCalls();
    return new Charging(stores.prices(), stores.ledger(), stores.outbox(), numbering, settings);
  }

  @Provides
  @Singleton
  GetBalance getBalance(Database database) {
    return new GetBalance(database.forCalls().ledger(), settings);
  }

  @Provides
  @Singleton
  TopUp topUp(Database database, InstantSource clock) {
    Stores house = database.forHouse();
    return new TopUp(
        desk(database.forCalls(), clock), desk(house, clock), house.businesses(), settings, clock);
  }

  private static TopUp.Desk desk(Stores stores, InstantSource clock) {
    return new TopUp.Desk(
        UseCaseModule.idempotency(stores, clock), stores.ledger(), stores.outbox(), stores.trail());
  }

  @Provides
  @Singleton
  ListLedgerEntries listLedgerEntries(Database database) {
    return new ListLedgerEntries(database.forCalls().ledger(), database.forCalls().jobs());
  }

  @Provides
  @Singleton
  ListPrices listPrices(Database database, InstantSource clock) {
    return new ListPrices(database.forCalls().prices(), clock);
  }

  /// Prices for everybody belong to no tenant.
  @Provides
  @Singleton
  SetPrice setPrice(Database database, InstantSource clock) {
    Stores stores = database.forHouse();
    return new SetPrice(
        UseCaseModule.idempotency(stores, clock), stores.prices(), stores.trail(), settings, clock);
  }

  @Provides
  @Singleton
  EndPrice endPrice(Database database, InstantSource clock) {
    Stores stores = database.forHouse();
    return new EndPrice(
        UseCaseModule.idempotency(stores, clock), stores.prices(), stores.trail(), clock);
  }

  @Provides
  @Singleton
  GetBulkJobInvoice getBulkJobInvoice(Database database) {
    Stores stores = database.forCalls();
    return new GetBulkJobInvoice(
        stores.transactions(), stores.records(), stores.jobs(), stores.chunks(), stores.prices());
  }
}
