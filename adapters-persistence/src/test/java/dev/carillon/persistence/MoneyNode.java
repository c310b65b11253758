package dev.carillon.persistence;

import dev.carillon.application.AddBulkJobRecipients;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.Idempotency;
import dev.carillon.application.Limits;
import dev.carillon.application.PauseBulkJob;
import dev.carillon.application.ResumeBulkJob;
import dev.carillon.application.RetryBulkJob;
import dev.carillon.application.Scripts;
import dev.carillon.application.StartBulkJob;
import dev.carillon.application.Steering;
import dev.carillon.application.UploadLimits;
import dev.carillon.application.billing.BillingSettings;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.billing.TopUp;
import dev.carillon.application.fixture.NoQuotas;
import dev.carillon.application.fixture.OneCarrier;
import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.fixture.PlainTemplating;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.memory.InMemoryProgressFeed;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.settling.Forgetting;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.Settling;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.RetryPolicy;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Map;

/// Everything that moves money, as one process has it: what clients call over the pool for calls,
/// and what workers, carriers and keepers do over that of the engine; each port can die.
final class MoneyNode {
  /// So that a job of some messages has some chunks.
  static final int CHUNK = 4;

  /// A TEST environment begins with little.
  private static final BillingSettings BILLING =
      new BillingSettings(
          true,
          new BigDecimal("1.5"),
          Map.of(
              Channel.SMS, new BigDecimal("0.02"),
              Channel.WHATSAPP, new BigDecimal("0.01"),
              Channel.EMAIL, new BigDecimal("0.001")),
          BillingSettings.DEFAULTS.mostPrices());

  private static final Limits LIMITS =
      new Limits(
          Limits.DEFAULTS.recipientsPerJob(),
          Limits.DEFAULTS.storedRecipientsPerJob(),
          CHUNK,
          Limits.DEFAULTS.content(),
          Limits.DEFAULTS.rejectedShown(),
          Limits.DEFAULTS.maxAge(),
          Limits.DEFAULTS.failurePercent());

  final DyingPorts dying = new DyingPorts();
  final CreateBulkJob create;
  final AddBulkJobRecipients add;
  final StartBulkJob start;
  final RetryBulkJob retry;
  final PauseBulkJob pause;
  final ResumeBulkJob resume;
  final CancelBulkJob cancel;
  final TopUp topUp;
  final Settling settling;
  final Sweeping sweeping;
  final Forgetting forgetting;
  final JobLife life;
  final Stores engine;
  private final ProgressFeed feed = new InMemoryProgressFeed();

  MoneyNode(Database database, InstantSource clock) throws ReflectiveOperationException {
    this(database, clock, BILLING);
  }

  /// One that is configured in another way.
  MoneyNode(Database database, InstantSource clock, BillingSettings billing)
      throws ReflectiveOperationException {
    Stores calls = dying.over(database.forCalls());
    Charging charging =
        new Charging(calls.prices(), calls.ledger(), calls.outbox(), new PlainNumbering(), billing);
    CreateBulkJob.Knowledge knowledge = knowledge(calls, charging);
    CreateBulkJob.Store stored =
        new CreateBulkJob.Store(calls.jobs(), calls.chunks(), calls.messages(), calls.uploads());
    Idempotency idempotency = new Idempotency(calls.transactions(), calls.keys(), clock);
    Steering steering = new Steering(idempotency, calls.jobs(), feed, clock);
    JobLife calledLife = new JobLife(calls.jobs(), calls.outbox());
    create = new CreateBulkJob(idempotency, stored, knowledge, feed, new Uuid7Ids(), clock, LIMITS);
    add =
        new AddBulkJobRecipients(
            calls.transactions(), stored, knowledge, feed, clock, LIMITS, UploadLimits.DEFAULTS);
    start = new StartBulkJob(steering, stored, calledLife, LIMITS);
    retry =
        new RetryBulkJob(
            idempotency,
            stored,
            new RetryBulkJob.Knowledge(
                new OneCarrier(ScriptedCarrier.withWindow(1)), charging, NoQuotas.submissions()),
            feed,
            new Uuid7Ids(),
            clock,
            LIMITS);
    pause = new PauseBulkJob(steering, calledLife);
    resume = new ResumeBulkJob(steering);
    Sweeping calledSweeping = new Sweeping(store(calls), calledLife, feed, clock, policy());
    cancel = new CancelBulkJob(steering, calls.chunks(), calledSweeping, calledLife);
    TopUp.Desk desk = new TopUp.Desk(idempotency, calls.ledger(), calls.outbox(), calls.trail());
    topUp = new TopUp(desk, desk, calls.businesses(), billing, clock);
    engine = dying.over(database.forEngine());
    life = new JobLife(engine.jobs(), engine.outbox());
    settling = new Settling(store(engine), life, feed, clock, policy());
    sweeping = new Sweeping(store(engine), life, feed, clock, policy());
    forgetting = new Forgetting(store(engine), life, clock);
  }

  private static CreateBulkJob.Knowledge knowledge(Stores stores, Charging charging) {
    return new CreateBulkJob.Knowledge(
        new PlainNumbering(),
        stores.suppressions(),
        stores.history(),
        stores.audiences(),
        new OneCarrier(ScriptedCarrier.withWindow(1)),
        new Scripts(stores.templates(), new PlainTemplating(), LIMITS.content()),
        charging,
        NoQuotas.submissions());
  }

  private static Settling.Store store(Stores stores) {
    return new Settling.Store(
        stores.transactions(),
        stores.chunks(),
        stores.messages(),
        stores.log(),
        stores.ledger(),
        stores.carrierNumbers());
  }

  private static RetryPolicy policy() {
    return RetryPolicy.DEFAULT;
  }
}
