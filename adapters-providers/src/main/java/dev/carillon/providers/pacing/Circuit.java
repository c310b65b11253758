package dev.carillon.providers.pacing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Whether a carrier is fit to be asked, as far as this node has seen. Open, it is left alone; when
/// that time is over it gets a few messages, and what becomes of them decides. Trials whose answers
/// never come are given up after another such time.
final class Circuit {
  private final RuntimeException failure = new CarrierFailed();
  private final CircuitBreaker breaker;
  private final InstantSource clock;
  private final int window;
  private final int mostUnreached;
  private final AtomicInteger unreached = new AtomicInteger();
  private final AtomicInteger trials = new AtomicInteger();
  private volatile int sinceFailure;
  private volatile Instant changeBy = Instant.MIN;

  Circuit(String carrier, PacingConfig config, InstantSource clock) {
    this.clock = clock;
    this.window = config.window();
    this.mostUnreached = config.unreachedInARow();
    breaker =
        CircuitBreaker.of(
            carrier,
            CircuitBreakerConfig.custom()
                .failureRateThreshold((float) (config.failureShare() * 100))
                .slidingWindow(
                    config.window(), config.leastAnswers(), SlidingWindowType.COUNT_BASED)
                .waitDurationInOpenState(config.openTime())
                .permittedNumberOfCallsInHalfOpenState(config.trials())
                .clock(clock.withZone(ZoneOffset.UTC))
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(event -> {
          trials.set(0);
          sinceFailure = 0;
          changeBy = clock.instant().plus(config.openTime());
        });
  }

  /// As its name.
  State state() {
    return breaker.getState();
  }

  /// Until when it stays open; empty when the carrier may be asked.
  Optional<Instant> openUntil() {
    if (breaker.getState() != State.OPEN) {
      return Optional.empty();
    }
    Instant until = changeBy;
    return clock.instant().isAfter(until) ? Optional.empty() : Optional.of(until);
  }

  /// How many of so many messages may go.
  int acquire(int wanted) {
    if (breaker.getState() == State.CLOSED) {
      return wanted;
    }
    int acquired = 0;
    while (acquired < wanted && breaker.tryAcquirePermission()) {
      acquired++;
      if (breaker.getState() == State.CLOSED) {
        return wanted;
      }
    }
    trials.addAndGet(acquired);
    if (acquired == 0 && breaker.getState() == State.HALF_OPEN) {
      giveUpLostTrials();
    }
    return acquired;
  }

  /// So many of them did not go, or nothing was learnt from them.
  void release(int count) {
    for (int i = 0; i < count && trials.getAndUpdate(out -> Math.max(0, out - 1)) > 0; i++) {
      breaker.releasePermission();
    }
  }

  /// What was answered. Successes on top of a window full of them change nothing and cost nothing.
  ///
  /// @param unreachable those of the failures in which there was no connection at all
  void note(int successes, int failures, int unreachable) {
    noteReach(successes, unreachable);
    if (failures == 0 && sinceFailure >= window && breaker.getState() == State.CLOSED) {
      return;
    }
    for (int i = 0; i < successes; i++) {
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }
    for (int i = 0; i < failures; i++) {
      breaker.onError(0, TimeUnit.NANOSECONDS, failure);
    }
    sinceFailure = failures > 0 ? 0 : Math.min(window, sinceFailure + successes);
  }

  /// Few messages would be tried to their end before there are answers enough to tell.
  private void noteReach(int successes, int unreachable) {
    if (successes > 0) {
      unreached.set(0);
    } else if (unreached.addAndGet(unreachable) >= mostUnreached
        && unreachable > 0
        && breaker.getState() != State.OPEN) {
      unreached.set(mostUnreached);
      breaker.transitionToOpenState();
    }
  }

  /// Answers that never come would keep it half open for ever.
  private void giveUpLostTrials() {
    if (clock.instant().isAfter(changeBy)) {
      breaker.transitionToOpenState();
    }
  }

  /// Stands for every failure; nobody ever sees it.
  private static final class CarrierFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CarrierFailed() {
      super("the carrier failed", null, false, false);
    }
  }
}
