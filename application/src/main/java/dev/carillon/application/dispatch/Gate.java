package dev.carillon.application.dispatch;

import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.FlowControl.Allowance;
import dev.carillon.application.port.FlowControl.Traffic;
import dev.carillon.application.settling.Answer;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How many messages a carrier may be given now: as many as there are permits for, while it may be
/// asked at all. Permits come before marks.
final class Gate {
  private static final Duration STORE_AWAY = Duration.ofMillis(200);

  private final FlowControl flow;
  private final Supplier<Traffic> traffic;
  private final InstantSource clock;
  private Instant opensAt = Instant.EPOCH;
  private boolean closed;

  /// @param traffic whose messages they are, asked each time since its owner may change the rate
  Gate(FlowControl flow, Supplier<Traffic> traffic, InstantSource clock) {
    this.flow = flow;
    this.traffic = traffic;
    this.clock = clock;
  }

  /// Permits for at most so many.
  int ask(int most) {
    Instant now = clock.instant();
    if (now.isBefore(opensAt)) {
      return 0;
    }
    closed = false;
    if (most <= 0) {
      return 0;
    }
    Traffic asking = traffic.get();
    Optional<Instant> closedUntil = flow.closedUntil(asking.carrier());
    if (closedUntil.isPresent()) {
      closed = true;
      opensAt = closedUntil.get();
      return 0;
    }
    Allowance allowance = allowance(asking, most);
    closed = allowance.closed();
    if (allowance.permits() == 0) {
      opensAt = now.plus(allowance.retryAfter());
    }
    return allowance.permits();
  }

  /// So many permits were not used.
  void giveBack(int unused) {
    if (unused > 0) {
      try {
        flow.giveBack(traffic.get(), unused);
      } catch (DomainException lost) {
        // Permits that cannot be given back are lost: a little less is sent than might be.
      }
    }
  }

  /// Learns from what the carrier answered.
  void note(List<Answer> answers) {
    if (!answers.isEmpty()) {
      flow.note(traffic.get().carrier(), answers.stream().map(Answer::outcome).toList());
    }
  }

  private Allowance allowance(Traffic asking, int most) {
    try {
      return flow.ask(asking, most);
    } catch (DomainException storeAway) {
      return new Allowance(0, STORE_AWAY);
    }
  }

  /// Before that time there are no permits.
  Instant opensAt() {
    return opensAt;
  }

  /// Whether there are none beyond those that were given last because the carrier fails, is on
  /// trial or is switched off, not because it is given enough.
  boolean isClosed() {
    return closed;
  }
}
