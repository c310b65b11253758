package dev.carillon.bootstrap.config;

import dev.carillon.application.dispatch.DispatchSettings;
import dev.carillon.domain.job.RetryPolicy;
import java.time.Duration;

/// How messages are handed over.
///
/// @param workers how many chunks this process works at a time
/// @param urgentWorkers workers besides, kept for what is urgent
/// @param tails chunks whose last few answers it awaits besides
public record DispatchConfig(
    int workers, int urgentWorkers, int tails, DispatchSettings settings, RetryPolicy retries) {
  private static final int MOST_WORKERS = 64;
  private static final int MOST_TAILS = 1_000;
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration SHORTEST_LEASE = Duration.ofMillis(200);
  private static final Duration HOUR = Duration.ofHours(1);

  static DispatchConfig read(Section dispatch, Section retry) {
    return new DispatchConfig(
        dispatch.integer("workers", 1, MOST_WORKERS),
        dispatch.integer("urgent-workers", 0, MOST_WORKERS),
        dispatch.integer("tails", 0, MOST_TAILS),
        new DispatchSettings(
            dispatch.duration("lease-time", SHORTEST_LEASE, Duration.ofMinutes(10)),
            dispatch.duration("linger", Duration.ZERO, Duration.ofSeconds(1)),
            dispatch.duration("throttle-pause", MILLISECOND, HOUR),
            dispatch.duration("slice", Duration.ofMillis(10), Duration.ofMinutes(1)),
            dispatch.duration("doubt-margin", Duration.ZERO, HOUR)),
        retries(retry));
  }

  /// All workers of this process.
  public int allWorkers() {
    return workers + urgentWorkers;
  }

  /// After how long nothing of a message in doubt is still on its way: a lease and a margin.
  public Duration doubtGrace() {
    return settings.leaseTime().plus(settings.doubtMargin());
  }

  private static RetryPolicy retries(Section section) {
    int attempts = section.integer("max-attempts", 1, RetryPolicy.MOST_ATTEMPTS);
    Duration first = section.duration("first-delay", MILLISECOND, HOUR);
    Duration longest = section.duration("max-delay", MILLISECOND, Duration.ofHours(24));
    double jitter = section.share("jitter");
    if (longest.compareTo(first) < 0) {
      section.problem("max-delay", "must not be shorter than carillon.retry.first-delay");
      longest = first;
    }
    return new RetryPolicy(attempts, first, longest, jitter);
  }
}
