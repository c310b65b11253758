package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.BUSINESS;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/// A business that many callers send for at the same time: its prices by prefix, what was agreed
/// with it, and the jobs that they know of.
///
/// @param rules its price list, which nobody changes
/// @param jobs the newest first
/// @param mostTopUp of one top-up, in micros
record Shop(Scope scope, List<Rule> rules, ConcurrentLinkedDeque<StoredJob> jobs, int mostTopUp) {
  private static final int KNOWN = 10;

  /// Of one network numbers cost more, and some of them most; of another the same however long the
  /// text is; of a third nothing.
  private static final List<Rule> RULES =
      List.of(
          new Rule(Channel.SMS, "+26377", PriceUnit.PART, 35_001),
          new Rule(Channel.SMS, "+263772", PriceUnit.PART, 40_000),
          new Rule(Channel.SMS, "+26371", PriceUnit.MESSAGE, 50_000),
          new Rule(Channel.SMS, "+26373", PriceUnit.PART, 0),
          new Rule(Channel.WHATSAPP, "", PriceUnit.MESSAGE, 10_003),
          new Rule(Channel.EMAIL, "", PriceUnit.PART, 1_000));

  private static final Rule ELSEWHERE = new Rule(Channel.SMS, "", PriceUnit.PART, 20_000);

  /// A LIVE one.
  ///
  /// @param everywhere whether every number has a price
  static Shop live(TestDatabase database, RefundPlan plan, boolean everywhere, int mostTopUp) {
    Scope scope = database.newScope();
    agree(database, scope, plan);
    return of(database, scope, rules(everywhere), mostTopUp);
  }

  /// A TEST one.
  static Shop test(TestDatabase database, int mostTopUp) {
    Scope scope = new Scope(database.newScope().business(), Environment.TEST);
    return of(database, scope, rules(true), mostTopUp);
  }

  private static List<Rule> rules(boolean everywhere) {
    List<Rule> rules = new ArrayList<>(RULES);
    if (everywhere) {
      rules.add(ELSEWHERE);
    }
    return rules;
  }

  private static void agree(TestDatabase database, Scope scope, RefundPlan plan) {
    database
        .sql()
        .update(BUSINESS)
        .set(BUSINESS.REFUNDS_UNDELIVERED, plan.undelivered())
        .set(BUSINESS.CHARGES_UNKNOWN, !plan.lostAnswer())
        .set(BUSINESS.LOW_BALANCE, 500_000L)
        .where(BUSINESS.ID.eq(scope.business().value()))
        .execute();
  }

  private static Shop of(TestDatabase database, Scope scope, List<Rule> rules, int mostTopUp) {
    Stores stores = database.database().forHouse();
    for (Rule rule : rules) {
      Price price =
          new Price(
              PriceId.NONE,
              scope.business(),
              scope.environment(),
              rule.channel(),
              new Destination("", rule.prefix()),
              rule.unit(),
              new Money("USD", rule.micros()),
              Instant.EPOCH,
              null);
      stores.transactions().run(() -> stores.prices().set(price, "test", Instant.now()));
    }
    return new Shop(scope, rules, new ConcurrentLinkedDeque<>(), mostTopUp);
  }

  /// Who sends for it.
  Caller caller() {
    return callerOf(scope);
  }

  static Caller callerOf(Scope scope) {
    return new Caller(scope, Role.ADMIN_USER, "key-1", "ZW", "USD");
  }

  /// Lets others know a job.
  void know(StoredJob job) {
    jobs.addFirst(job);
  }

  /// One of those that were made last, with luck; null when there is none.
  @Nullable StoredJob anyJob(Random random) {
    int wanted = random.nextInt(KNOWN);
    StoredJob found = jobs.peekFirst();
    for (StoredJob job : jobs) {
      found = job;
      if (wanted-- == 0) {
        break;
      }
    }
    return found;
  }

  /// A line of a price list.
  record Rule(Channel channel, String prefix, PriceUnit unit, long micros) {}
}
