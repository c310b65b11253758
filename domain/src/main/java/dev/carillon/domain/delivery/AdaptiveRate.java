package dev.carillon.domain.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// How fast a carrier may be given messages, learnt from its being too busy: additive increase,
/// multiplicative decrease (RFC 5681, section 3.1, applied to a rate). What it grows to is a
/// function of the time since it was cut, so that all nodes that read it agree.
///
/// @param limitPerSecond the configured limit; 0 for none
/// @param cutTo messages per second that were left after the latest cut; 0 if it was never cut
/// @param cutAt when that was
public record AdaptiveRate(double limitPerSecond, double cutTo, @Nullable Instant cutAt) {
  /// What is left of a rate when it is cut.
  public static final double DECREASE = 0.7;

  /// The share of the rate before the cut that each second gives back.
  public static final double INCREASE_PER_SECOND = 0.05;

  /// Each second gives back this many at least, so that a rate that was cut low comes back at all.
  public static final double LEAST_INCREASE = 1;

  /// It is not cut lower than this, so that it can be seen whether the carrier takes again.
  public static final double LEAST = 1;

  /// One cut answers all that was said within this time.
  public static final Duration BETWEEN_CUTS = Duration.ofSeconds(1);

  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

  /// The rate in force; empty for as fast as it goes.
  public OptionalDouble perSecond(Instant now) {
    Instant cut = cutAt;
    if (cut == null || !now.isBefore(cut.plus(FORGOTTEN_AFTER))) {
      return limit();
    }
    double seconds = Math.max(0, Duration.between(cut, now).toMillis() / 1_000.0);
    double grown = cutTo + increasePerSecond() * seconds;
    return OptionalDouble.of(limitPerSecond > 0 ? Math.min(limitPerSecond, grown) : grown);
  }

  /// The same after the carrier said that it is too busy; unchanged if it was cut a moment ago.
  ///
  /// @param measuredPerSecond how many it takes
  public AdaptiveRate cut(double measuredPerSecond, Instant now) {
    Instant before = cutAt;
    if (before != null && now.isBefore(before.plus(BETWEEN_CUTS))) {
      return this;
    }
    double given = Math.min(measuredPerSecond, perSecond(now).orElse(measuredPerSecond));
    return new AdaptiveRate(limitPerSecond, Math.max(LEAST, given * DECREASE), now);
  }

  private double increasePerSecond() {
    return Math.max(LEAST_INCREASE, cutTo / DECREASE * INCREASE_PER_SECOND);
  }

  private OptionalDouble limit() {
    return limitPerSecond > 0 ? OptionalDouble.of(limitPerSecond) : OptionalDouble.empty();
  }
}
