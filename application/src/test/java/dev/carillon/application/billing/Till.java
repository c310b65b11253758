package dev.carillon.application.billing;

import static dev.carillon.application.fixture.Submission.callerOf;

import dev.carillon.application.Idempotency;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.math.BigDecimal;
import java.util.Map;

/// A house in which things cost something, and the use cases about that.
public final class Till {
  public final ScriptedCarrier carrier = ScriptedCarrier.withWindow(10);
  public final House house =
      new House(carrier, House.limits(50_000, 1_000), BillingSettings.DEFAULTS);
  public final Scope live = house.scope;
  public final Scope test = new Scope(live.business(), Environment.TEST);
  private final Idempotency idempotency =
      new Idempotency(house.store, house.store.keys(), house.clock);
  final GetBalance getBalance = new GetBalance(house.store.ledger(), BillingSettings.DEFAULTS);
  private final TopUp.Desk desk =
      new TopUp.Desk(idempotency, house.store.ledger(), house.store.outbox(), house.store.trail());
  final TopUp topUp =
      new TopUp(desk, desk, house.store.businesses(), BillingSettings.DEFAULTS, house.clock);
  final SetPrice setPrice = setPrice(BillingSettings.DEFAULTS.mostPrices());
  final EndPrice endPrice =
      new EndPrice(idempotency, house.store.prices(), house.store.trail(), house.clock);
  final ListPrices listPrices = new ListPrices(house.store.prices(), house.clock);
  final ListLedgerEntries listLedgerEntries =
      new ListLedgerEntries(house.store.ledger(), house.store.jobs());
  final GetBulkJobInvoice getBulkJobInvoice =
      new GetBulkJobInvoice(
          house.store,
          house.store.records(),
          house.store.jobs(),
          house.store.chunks(),
          house.store.prices());

  public static Caller as(Role role, Scope scope) {
    Caller user = callerOf(scope);
    return new Caller(scope, role, user.principal(), user.defaultRegion(), user.currency());
  }

  public static Money usd(String units) {
    return Money.of("USD", new BigDecimal(units));
  }

  /// Sets what a part of an SMS costs everybody, everywhere.
  public Till sms(String units) {
    price(true, Destination.ANY, units);
    return this;
  }

  /// Sets what a part of an SMS costs in LIVE from now on.
  public Price price(boolean forEverybody, Destination destination, String units) {
    return setPrice.handle(
        new SetPrice.Command(
            as(Role.OPERATOR, live),
            "",
            forEverybody,
            Channel.SMS,
            destination,
            PriceUnit.PART,
            usd(units),
            null));
  }

  /// Has money come in, in LIVE.
  public Till credit(String units) {
    topUp(as(Role.ADMIN_USER, live), "first", units);
    return this;
  }

  TopUp.Result topUp(Caller caller, String reference, String units) {
    return topUp.handle(
        new TopUp.Command(caller, "", caller.scope().business(), reference, usd(units)));
  }

  /// What may be spent in LIVE.
  public Money available() {
    return getBalance.handle(new GetBalance.Query(callerOf(live))).available();
  }

  /// Sets prices where only so many may be.
  SetPrice setPrice(int most) {
    return new SetPrice(
        idempotency,
        house.store.prices(),
        house.store.trail(),
        new BillingSettings(true, BigDecimal.ONE, Map.of(), most),
        house.clock);
  }

  static Destination in(String country) {
    return new Destination(country, "");
  }

  static Destination at(String prefix) {
    return new Destination("", prefix);
  }
}
