package dev.carillon.providers;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.RouteRule;
import dev.carillon.domain.delivery.RoutingTable;
import dev.carillon.providers.simulated.SimulatedCarrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Starts, replaces and ends the carriers of the house while it runs. What was handed to one that
/// is replaced or gone is answered by it.
public final class CarrierHouse implements AutoCloseable {
  private final SimulatedCarrier simulated;
  private final CarrierMakers makers;
  private final CarrierRegistry registry;
  private final CarrierNumbers numbers;
  private final Duration drain;
  private final Map<Thread, CarrierInUse> retiring = new ConcurrentHashMap<>();
  private boolean open;

  /// @param numbers by which the store remembers carriers; given to each before it is started
  /// @param drain how long a carrier that is replaced or gone may take to answer
  public CarrierHouse(
      SimulatedCarrier simulated,
      CarrierMakers makers,
      CarrierRegistry registry,
      CarrierNumbers numbers,
      Duration drain) {
    this.simulated = simulated;
    this.makers = makers;
    this.registry = registry;
    this.numbers = numbers;
    this.drain = drain;
  }

  /// Starts the simulated carrier and those of a plan. One of those that cannot be started is tried
  /// again by [#startMissing]; until then it counts as out of reach. Throws a CarrierPlanException
  /// when the plan cannot be followed, and a DomainException while the store is away.
  public synchronized void start(CarrierPlan plan) {
    Map<CarrierId, CarrierInUse> wanted = wanted(plan);
    simulated.start();
    open = true;
    wanted.values().forEach(CarrierInUse::start);
    take(wanted, plan.routes());
  }

  /// Follows another plan: what has not changed in it goes on untouched. Throws a
  /// CarrierPlanException when it cannot be followed or one of its new carriers cannot be started,
  /// and a DomainException while the store is away; then nothing has changed.
  public synchronized CarrierChanges follow(CarrierPlan plan) {
    Map<CarrierId, CarrierInUse> wanted = wanted(plan);
    List<CarrierInUse> fresh =
        wanted.values().stream().filter(carrier -> !isInUse(carrier)).toList();
    List<CarrierId> failed =
        fresh.stream()
            .filter(carrier -> !carrier.start())
            .map(carrier -> carrier.carrier().id())
            .toList();
    if (!failed.isEmpty()) {
      fresh.forEach(CarrierInUse::close);
      throw new CarrierPlanException(
          failed.stream().map(id -> "the carrier " + id + " cannot be started").toList());
    }
    return take(wanted, plan.routes());
  }

  /// Tries once more to start what could not be started.
  public synchronized void startMissing() {
    if (open) {
      registry.live().values().forEach(carrier -> carrier.inUse().start());
    }
  }

  /// Ends all carriers, at the same time. To be called after the workers have stopped and before
  /// the store does.
  @Override
  public synchronized void close() {
    if (!open) {
      return;
    }
    open = false;
    List<Thread> closing = new ArrayList<>(retiring.keySet());
    retiring.values().forEach(CarrierInUse::hurry);
    registry
        .live()
        .values()
        .forEach(carrier -> closing.add(Thread.startVirtualThread(carrier.inUse()::close)));
    closing.forEach(CarrierHouse::await);
    simulated.close();
  }

  private Map<CarrierId, CarrierInUse> wanted(CarrierPlan plan) {
    Map<CarrierId, CarrierInUse> wanted = new HashMap<>();
    plan.carriers().forEach((id, config) -> wanted.put(id, kept(id, config)));
    List<String> problems = new ArrayList<>();
    plan.routes().rules().forEach(rule -> check(rule, wanted, problems));
    if (problems.isEmpty()) {
      wanted.keySet().stream()
          .sorted(Comparator.comparing(CarrierId::value))
          .forEach(id -> number(id, problems));
    }
    if (!problems.isEmpty()) {
      throw new CarrierPlanException(problems);
    }
    return wanted;
  }

  /// Numbers are given for good, so that a carrier too many must not be found out only when a
  /// message is to go there.
  private void number(CarrierId id, List<String> problems) {
    try {
      numbers.of(id);
    } catch (IllegalStateException noneLeft) {
      problems.add(
          "the carrier %s is one too many: 255 names have been used by now, and none is free again"
              .formatted(id));
    }
  }

  private CarrierInUse kept(CarrierId id, CarrierConfig config) {
    LiveCarrier there = registry.live().get(id);
    return there != null && there.inUse().config().equals(config)
        ? there.inUse()
        : new CarrierInUse(config, makers.make(id, config));
  }

  private void check(RouteRule rule, Map<CarrierId, CarrierInUse> wanted, List<String> problems) {
    for (RouteRule.Share share : rule.shares()) {
      Set<Channel> served = channels(wanted.get(share.carrier()), share.carrier());
      if (!served.contains(rule.channel())) {
        problems.add(
            "the route %s names %s, which does not serve %s"
                .formatted(rule.name(), share.carrier(), rule.channel()));
      }
    }
  }

  private Set<Channel> channels(@Nullable CarrierInUse carrier, CarrierId id) {
    Carrier named =
        id.equals(simulated.id()) ? simulated : carrier == null ? null : carrier.carrier();
    return named == null ? Set.of() : named.channels();
  }

  private boolean isInUse(CarrierInUse carrier) {
    LiveCarrier there = registry.live().get(carrier.carrier().id());
    return there != null && there.inUse() == carrier;
  }

  private CarrierChanges take(Map<CarrierId, CarrierInUse> wanted, RoutingTable routes) {
    Map<CarrierId, LiveCarrier> before = registry.live();
    Map<CarrierId, LiveCarrier> after = new HashMap<>();
    Changes changes = new Changes();
    List<CarrierInUse> ended = new ArrayList<>();
    wanted.forEach((id, carrier) -> {
      LiveCarrier there = before.get(id);
      if (there == null) {
        changes.started.add(id);
        after.put(id, new LiveCarrier(carrier));
      } else {
        if (there.inUse() != carrier) {
          changes.replaced.add(id);
          ended.add(there.inUse());
          there.become(carrier);
        }
        after.put(id, there);
      }
    });
    before.forEach((id, carrier) -> {
      if (!wanted.containsKey(id)) {
        changes.ended.add(id);
        ended.add(carrier.inUse());
      }
    });
    registry.become(after, routes);
    ended.forEach(this::retire);
    return changes.told();
  }

  private void retire(CarrierInUse carrier) {
    Thread thread =
        Thread.ofVirtual()
            .name("retire-" + carrier.carrier().id())
            .unstarted(() -> {
              try {
                carrier.retire(drain);
              } finally {
                retiring.remove(Thread.currentThread());
              }
            });
    retiring.put(thread, carrier);
    thread.start();
  }

  private static void await(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Changes {
    private final Set<CarrierId> started = sorted();
    private final Set<CarrierId> replaced = sorted();
    private final Set<CarrierId> ended = sorted();

    private static Set<CarrierId> sorted() {
      return new TreeSet<>(Comparator.comparing(CarrierId::value));
    }

    CarrierChanges told() {
      return new CarrierChanges(List.copyOf(started), List.copyOf(replaced), List.copyOf(ended));
    }
  }
}
