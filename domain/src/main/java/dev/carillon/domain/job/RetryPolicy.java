package dev.carillon.domain.job;

import java.time.Duration;

/// How often and how far apart a message is tried again after a transient outcome: exponential
/// back-off with jitter. Pure: the randomness is passed in.
///
/// @param maxAttempts attempts in all, the first included, 1 to 7
/// @param firstDelay before the second attempt, at least 1 ms
/// @param maxDelay no wait is longer, jitter included
/// @param jitter the share of a wait that is random, 0 to 1
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay, double jitter) {
  /// One attempt and four re-attempts (S3), waiting about 2, 4, 8 and 16 s.
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(2), Duration.ofMinutes(15), 0.25);

  /// The most attempts that a message's status byte can count.
  public static final int MOST_ATTEMPTS = 7;

  public RetryPolicy {
    if (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException("attempts are 1 to " + MOST_ATTEMPTS);
    }
    if (firstDelay.toMillis() < 1 || maxDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException("delays are 1 ms or more, and the longest is the longer");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter is a share from 0 to 1");
    }
  }

  /// Whether another attempt is left after this many.
  public boolean allowsAnother(int attempts) {
    return attempts < maxAttempts;
  }

  /// The wait that a carrier asked for, as long as no wait may be longer.
  public Duration capped(Duration asked) {
    return asked.compareTo(maxDelay) < 0 ? asked : maxDelay;
  }

  /// The wait after the given number of attempts (at least 1): `firstDelay × 2^(attempts-1)`, of
  /// which the jitter's share is spread by `random` (0 inclusive to 1 exclusive) around the middle.
  public Duration delayAfter(int attempts, double random) {
    double factor = Math.scalb(1.0, Math.min(attempts - 1, 40));
    double spread = 1 + jitter * (random - 0.5);
    double millis = Math.min(firstDelay.toMillis() * factor * spread, (double) maxDelay.toMillis());
    return Duration.ofMillis((long) millis);
  }
}
