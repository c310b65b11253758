package dev.carillon.application.dispatch;

import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.FlowControl.Allowance;
import dev.carillon.application.port.FlowControl.Traffic;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Marks;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What of a chunk may be marked now: as many as there are permits for, of those that need not
/// wait, while the carrier may be asked at all. Permits come before marks.
final class Gate {
  private static final Duration STORE_AWAY = Duration.ofMillis(200);

  private final FlowControl flow;
  private final Supplier<Traffic> traffic;
  private final Waiting waiting;
  private final InstantSource clock;
  private Instant opensAt = Instant.EPOCH;

  /// @param traffic whose messages they are, asked each time since its owner may change the rate
  Gate(FlowControl flow, Supplier<Traffic> traffic, Waiting waiting, InstantSource clock) {
    this.flow = flow;
    this.traffic = traffic;
    this.waiting = waiting;
    this.clock = clock;
  }

  /// Marks for at most so many.
  Marks ask(int most) {
    Instant now = clock.instant();
    if (most <= 0 || now.isBefore(opensAt)) {
      return Marks.NONE;
    }
    Traffic asking = traffic.get();
    Optional<Instant> closedUntil = flow.closedUntil(asking.carrier());
    if (closedUntil.isPresent()) {
      opensAt = closedUntil.get();
      return Marks.NONE;
    }
    Allowance allowance = allowance(asking, most);
    if (allowance.permits() == 0) {
      opensAt = now.plus(allowance.retryAfter());
      return Marks.NONE;
    }
    return new Marks(allowance.permits(), waiting::isReady);
  }

  /// So many of the marks were used; the rest is given back.
  void used(Marks marks, int marked) {
    if (marked < marks.limit()) {
      try {
        flow.giveBack(traffic.get(), marks.limit() - marked);
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
}
