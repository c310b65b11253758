package dev.carillon.application.dispatch;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.NoLimits;
import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.fixture.PlainTemplating;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.job.RetryPolicy;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// The engine over a house, one worker at a time unless a test starts more.
final class Engine {
  /// Leases of 15 s, and no waiting for more answers.
  static final DispatchSettings SETTINGS = settings(House.LEASE);

  private static final int ROUNDS = 10_000;

  /// Longer than the queue keeps what it has read.
  private static final Duration STEP = Duration.ofMillis(100);

  final House house;
  final RecentSuppressions recent;
  final JobBook book;
  final JobQueue queue;
  final LateAnswers late;
  private final Dispatch dispatch;

  Engine(ScriptedCarrier carrier) {
    this(carrier, SETTINGS);
  }

  Engine(ScriptedCarrier carrier, DispatchSettings settings) {
    this(new House(carrier), settings);
  }

  private Engine(House house, DispatchSettings settings) {
    this(house, house.carriers, new NoLimits(), house.store.suppressions(), settings);
  }

  /// One that chooses among carriers.
  Engine(House house, Carriers carriers, FlowControl flow) {
    this(house, carriers, flow, house.store.suppressions(), SETTINGS);
  }

  /// One that looks at other lists of suppressions.
  Engine(House house, Suppressions suppressions) {
    this(house, house.carriers, new NoLimits(), suppressions, SETTINGS);
  }

  private Engine(
      House house,
      Carriers carriers,
      FlowControl flow,
      Suppressions suppressions,
      DispatchSettings settings) {
    this.house = house;
    recent = new RecentSuppressions(suppressions);
    book = new JobBook(house.store.jobs(), new PlainTemplating());
    CarrierCircuits circuits = new CarrierCircuits(house.store.jobs(), carriers, flow);
    queue = new JobQueue(house.store.jobs(), circuits, house.clock, 8, Duration.ZERO);
    late = new LateAnswers(house.sweeping);
    LeaseKeeper keeper = new LeaseKeeper(house.store.chunks(), settings.leaseTime());
    ChunkRuns runs =
        new ChunkRuns(
            new ChunkRuns.Engine(house.settling, late, keeper),
            queue,
            book,
            new ChunkRuns.Outside(
                new Knowledge(
                    carriers,
                    house.store.carrierNumbers(),
                    new PlainNumbering(),
                    house.store.log()),
                flow,
                new StopLists(suppressions, recent)),
            house.clock,
            RetryPolicy.DEFAULT,
            new Random(1),
            settings);
    Troubles troubles = new Troubles(house.store.jobs(), queue, house.clock);
    dispatch = new Dispatch(queue, book, runs, Tails.none(), troubles);
    house.feed.onChange(dispatch::changed);
  }

  static DispatchSettings settings(Duration leaseTime) {
    return new DispatchSettings(
        leaseTime,
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofMillis(500),
        Duration.ofSeconds(5));
  }

  /// Works for one job; false when none is waiting.
  boolean workOnce() {
    try {
      return handle(() -> true);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  boolean handle(BooleanSupplier goOn) throws InterruptedException {
    house.clock.advance(STEP);
    return dispatch.handle(House.WORKER, false, goOn);
  }

  /// Works until nothing is due.
  void workAll() {
    for (int round = 0; workOnce(); round++) {
      if (round > ROUNDS) {
        throw new AssertionError("the work does not end");
      }
    }
  }

  /// Works until nothing waits any more, whatever it waits for.
  void workThroughWaits() {
    for (int round = 0; round < 100; round++) {
      workAll();
      house.clock.advance(Duration.ofSeconds(30));
    }
  }

  /// Settles the answers that came when nobody waited for them.
  void settleLate() {
    try {
      while (!late.isEmpty()) {
        late.settle(Duration.ZERO);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
