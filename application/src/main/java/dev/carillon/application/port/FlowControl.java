package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/// Says how many messages may go out now: the rate limits of carrier, sender and job, shared by all
/// nodes, and whether the carrier is fit to be asked at all. Asked before messages are marked.
public interface FlowControl {
  /// Permits for at most `wanted` messages, to be used within a quarter of a second. Throws a
  /// DomainException (StoreUnavailable) when the nodes' common limits cannot be read; nothing may
  /// then go out.
  Allowance ask(Traffic traffic, int wanted);

  /// Returns permits that were not used.
  void giveBack(Traffic traffic, int unused);

  /// Learns from what the carrier answered: slows down when it is too busy, stops asking it when it
  /// fails.
  void note(CarrierId carrier, Collection<DispatchOutcome> outcomes);

  /// Until when nothing goes to that carrier, because it fails or is switched off; empty when it
  /// may be asked.
  Optional<Instant> closedUntil(CarrierId carrier);

  /// Whether an operator has switched that carrier off, as was known a moment ago.
  boolean isOff(CarrierId carrier);

  /// Most messages unanswered of one worker, as an operator set it for the carrier; 0 for the
  /// carrier's own.
  int window(CarrierId carrier);

  /// How the carrier is doing, as this node sees it.
  CarrierStanding standing(CarrierId carrier);

  /// Whose messages they are.
  ///
  /// @param sender as the recipients see it; may be empty
  /// @param jobPerSecond the job's own limit; 0 for none
  record Traffic(
      JobId job,
      CarrierId carrier,
      Scope scope,
      String sender,
      int jobPerSecond,
      Priority priority) {}

  /// The answer.
  ///
  /// @param permits how many may go, 0 or more
  /// @param retryAfter when there are none: after which time it is worth asking again
  /// @param closed whether nothing beyond them may go to the carrier because it fails, is on trial
  ///   or is switched off, so that another may be asked; false when it is only given enough
  record Allowance(int permits, Duration retryAfter, boolean closed) {
    /// By a carrier that is fit to be asked.
    public Allowance(int permits, Duration retryAfter) {
      this(permits, retryAfter, false);
    }

    /// The same of a carrier that is given no more for what it is.
    public Allowance andNoMore() {
      return new Allowance(permits, retryAfter, true);
    }
  }
}
