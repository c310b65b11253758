package dev.carillon.application.billing;

import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.Ledger.Held;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.Prices;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.billing.Tariff;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Prices what is submitted and sets the money for it aside, in the transaction that stores it.
public final class Charging {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Prices prices;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Numbering numbering;
  private final BillingSettings settings;

  public Charging(
      Prices prices, Ledger ledger, Outbox outbox, Numbering numbering, BillingSettings settings) {
    this.prices = prices;
    this.ledger = ledger;
    this.outbox = outbox;
    this.numbering = numbering;
    this.settings = settings;
  }

  /// What messages of a new job cost, as it is at that time.
  public Pricing pricing(Scope scope, Channel channel, String currency, Instant now) {
    return pricing(scope, channel, Bill.free(currency), now);
  }

  /// What more messages of a job cost that has a bill already: at the prices of now, by the plan
  /// that it was accepted with.
  ///
  /// @param bill with no lines for a job that has no messages yet
  public Pricing pricing(Scope scope, Channel channel, Bill bill, Instant now) {
    if (!settings.enabled()) {
      return new Pricing(
          bill.currency(), new Tariff(List.of()), bill.plan(), numbering, bill.lines(), true);
    }
    Prices.Terms terms = prices.terms(scope, channel, now);
    RefundPlan plan = bill.lines().isEmpty() ? terms.plan() : bill.plan();
    return new Pricing(
        bill.currency(),
        completed(terms.tariff(), scope, channel, bill.currency()),
        plan,
        numbering,
        bill.lines(),
        false);
  }

  private Tariff completed(Tariff tariff, Scope scope, Channel channel, String currency) {
    return scope.environment() == Environment.LIVE || tariff.isComplete()
        ? tariff
        : tariff.with(settings.testPrice(channel, currency));
  }

  /// The bill by which messages of a job cost what they did before: nothing where nothing does any
  /// more.
  public Bill again(Bill bill) {
    return settings.enabled() ? bill : Bill.free(bill.currency());
  }

  /// Sets the amount aside, as the last step of the transaction that stores what it is for. Throws
  /// a DomainException: NoCredit, BillingFailed; then nothing may be stored.
  public void hold(Order order, Money amount, Counted counted, Instant now) {
    if (amount.micros() == 0 || !settings.enabled()) {
      return;
    }
    switch (held(order, amount, now)) {
      case Held.Done(Money before, Money after, Money low) ->
          Ledger.Fall.of(order.scope(), before, after, low)
              .ifPresent(fall -> outbox.append(fall.scope(), fall.event(now)));
      case Held.NotEnough(Money available) -> throw noCredit(amount, available, counted);
      case Held.NoBooks() -> throw new DomainException(new DomainError.BillingFailed(TRY_AGAIN));
    }
  }

  private Held held(Order order, Money amount, Instant now) {
    Held held = ledger.hold(order.scope(), order.job(), amount, order.createdBy(), now);
    if (!(held instanceof Held.NoBooks)) {
      return held;
    }
    ledger.open(order.scope(), settings.firstCredit(order.scope(), amount.currency()), now);
    return ledger.hold(order.scope(), order.job(), amount, order.createdBy(), now);
  }

  private static DomainException noCredit(Money required, Money available, Counted counted) {
    return new DomainException(
        new DomainError.NoCredit(required, available, counted.valid(), counted.invalid()));
  }

  /// For what and by whom money is set aside.
  public record Order(Scope scope, JobId job, String createdBy) {}

  /// How many recipients an amount is for, and how many were left out (S3).
  public record Counted(long valid, long invalid) {}
}
