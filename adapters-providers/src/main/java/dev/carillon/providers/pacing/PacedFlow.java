package dev.carillon.providers.pacing;

import dev.carillon.application.port.CarrierStanding;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.FlowLimits.CarrierLimits;
import dev.carillon.application.port.FlowLimits.Sender;
import dev.carillon.application.port.Permits;
import dev.carillon.application.port.Permits.Grant;
import dev.carillon.application.port.Permits.Limit;
import dev.carillon.domain.delivery.AdaptiveRate;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Flow control by permits that all nodes share, limits that are re-read a few times a second, and
/// a circuit for each carrier that this node keeps. What no limit holds for is let through without
/// a call.
public final class PacedFlow implements FlowControl {
  private static final Logger log = LoggerFactory.getLogger(PacedFlow.class);

  /// How long a carrier counts as closed once it was seen to be switched off, so that switching it
  /// on is noticed soon.
  private static final Duration OFF = Duration.ofSeconds(1);

  /// Between two questions whether a carrier that gets a few messages to see has passed.
  private static final Duration TRIAL = Duration.ofMillis(100);

  /// A call for permits should bring so much of a second's yield, if that much is wanted.
  private static final double WORTH_A_CALL = 0.1;

  private static final double NANOS = 1e9;

  private final Permits permits;
  private final KnownLimits limits;
  private final PacingConfig config;
  private final InstantSource clock;
  private final ConcurrentHashMap<CarrierId, CarrierPace> carriers = new ConcurrentHashMap<>();

  /// @param config without problems
  public PacedFlow(Permits permits, FlowLimits limits, PacingConfig config, InstantSource clock) {
    if (!config.problems().isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", config.problems()));
    }
    this.permits = permits;
    this.limits = new KnownLimits(limits, clock);
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Allowance ask(Traffic traffic, int wanted) {
    CarrierLimits carrier = limits.carrier(traffic.carrier());
    if (!carrier.enabled()) {
      return new Allowance(0, OFF).andNoMore();
    }
    Circuit circuit = pace(traffic.carrier()).circuit();
    int fit = circuit.acquire(wanted);
    if (fit == 0) {
      return new Allowance(0, circuitWait(circuit)).andNoMore();
    }
    int granted = 0;
    try {
      Allowance allowance = withinLimits(traffic, carrier, fit);
      granted = allowance.permits();
      return fit < wanted ? allowance.andNoMore() : allowance;
    } finally {
      circuit.release(fit - granted);
    }
  }

  @Override
  public void giveBack(Traffic traffic, int unused) {
    pace(traffic.carrier()).circuit().release(unused);
    List<Limit> held = limitsOf(traffic, limits.carrier(traffic.carrier()));
    if (!held.isEmpty()) {
      permits.giveBack(held, unused);
    }
  }

  @Override
  public void note(CarrierId carrier, Collection<DispatchOutcome> outcomes) {
    CarrierPace pace = pace(carrier);
    pace.note(outcomes, clock.millis())
        .ifPresent(takenPerSecond -> slowDown(carrier, pace, takenPerSecond));
  }

  @Override
  public Optional<Instant> closedUntil(CarrierId carrier) {
    return isOff(carrier)
        ? Optional.of(clock.instant().plus(OFF))
        : pace(carrier).circuit().openUntil();
  }

  @Override
  public boolean isOff(CarrierId carrier) {
    return !limits.lastOf(carrier).enabled();
  }

  @Override
  public int window(CarrierId carrier) {
    return limits.lastOf(carrier).window();
  }

  @Override
  public CarrierStanding standing(CarrierId carrier) {
    CarrierLimits known = limits.readOf(carrier);
    Circuit circuit = pace(carrier).circuit();
    return new CarrierStanding(
        carrier,
        known.enabled(),
        circuit.state().name(),
        known.rate().limitPerSecond(),
        known.rate().perSecond(clock.instant()),
        known.window(),
        circuit.openUntil().orElse(null));
  }

  private Allowance withinLimits(Traffic traffic, CarrierLimits carrier, int wanted) {
    List<Limit> asked = limitsOf(traffic, carrier);
    if (asked.isEmpty()) {
      return new Allowance(wanted, Duration.ZERO);
    }
    boolean ahead = traffic.priority() == Priority.URGENT;
    Grant grant = permits.take(asked, wanted, ahead);
    Duration wait =
        grant.permits() > 0 || ahead
            ? grant.retryAfter()
            : worthACall(grant.retryAfter(), asked, wanted);
    return new Allowance(grant.permits(), wait);
  }

  private List<Limit> limitsOf(Traffic traffic, CarrierLimits carrier) {
    double perSecond = carrier.rate().perSecond(clock.instant()).orElse(0);
    double ofSender =
        traffic.sender().isEmpty()
            ? 0
            : limits.sender(new Sender(traffic.scope(), traffic.sender()));
    if (perSecond <= 0 && ofSender <= 0 && traffic.jobPerSecond() <= 0) {
      return List.of();
    }
    List<Limit> found = new ArrayList<>(3);
    if (perSecond > 0) {
      found.add(new Limit("carrier:" + traffic.carrier(), perSecond));
    }
    if (ofSender > 0) {
      found.add(new Limit(senderKey(traffic), ofSender));
    }
    if (traffic.jobPerSecond() > 0) {
      found.add(new Limit("job:" + traffic.job().value(), traffic.jobPerSecond()));
    }
    return found;
  }

  private static String senderKey(Traffic traffic) {
    return "sender:%d:%s:%s"
        .formatted(
            traffic.scope().business().value(), traffic.scope().environment(), traffic.sender());
  }

  /// Permits come one by one; a call for each would be too many.
  private static Duration worthACall(Duration first, List<Limit> asked, int wanted) {
    double slowest = asked.stream().mapToDouble(Limit::perSecond).min().orElse(1);
    double more = Math.min(wanted, slowest * WORTH_A_CALL) - 1;
    return more <= 0 ? first : first.plusNanos((long) (more / slowest * NANOS));
  }

  private Duration circuitWait(Circuit circuit) {
    return circuit
        .openUntil()
        .map(until -> Duration.between(clock.instant(), until))
        .filter(wait -> wait.compareTo(TRIAL) > 0)
        .orElse(TRIAL);
  }

  /// Several nodes hear of it; the store takes the first. Where a rate is in force it is that of
  /// all nodes, which none of them can measure, so that is what is cut; only where there is none
  /// does what this node saw have to do.
  private void slowDown(CarrierId carrier, CarrierPace pace, double takenPerSecond) {
    if (!pace.beginCut()) {
      return;
    }
    Instant now = clock.instant();
    try {
      AdaptiveRate before = limits.carrier(carrier).rate();
      AdaptiveRate after =
          before.cut(before.perSecond(now).isPresent() ? Double.MAX_VALUE : takenPerSecond, now);
      if (!after.equals(before)) {
        limits.cut(carrier, before, after);
        log.info("carrier {} is too busy: slowed down to {}/s", carrier, Math.round(after.cutTo()));
      }
    } catch (DomainException storeAway) {
      log.debug("carrier {} is too busy, and that cannot be stored", carrier);
    } finally {
      pace.endCut();
    }
  }

  private CarrierPace pace(CarrierId carrier) {
    CarrierPace known = carriers.get(carrier);
    return known == null
        ? carriers.computeIfAbsent(carrier, id -> new CarrierPace(id, config, clock))
        : known;
  }
}
