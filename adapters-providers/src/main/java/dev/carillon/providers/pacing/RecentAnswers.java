package dev.carillon.providers.pacing;

import java.time.Duration;
import java.util.OptionalDouble;

/// What a carrier answers from the moment on that it refuses a message because it is too busy: only
/// then does what it takes tell what it can take. A second of that is looked at before anything is
/// said; time in which it had nothing to answer is not counted. Thread-safe.
final class RecentAnswers {
  private static final long LOOKED_AT = Duration.ofSeconds(1).toMillis();

  /// Of a longer time between two answers only so much is counted; the rest it had nothing to do.
  private static final long LONGEST_GAP = Duration.ofMillis(250).toMillis();

  /// Where that second does not come together within this time, it was about a moment.
  private static final long FORGOTTEN = Duration.ofSeconds(10).toMillis();

  /// A few refusals may be about a recipient or a moment; they do not tell what the carrier can do.
  private static final int LEAST_THROTTLED = 5;

  private static final double LEAST_THROTTLED_SHARE = 0.02;

  private boolean looking;
  private long began;
  private long last;
  private long counted;
  private long taken;
  private long throttled;

  /// Counts answers that have come in. Returns how many it takes in a second once it has been seen
  /// to be too busy: what it took, but not less than half of all that it was given, so that one
  /// which took nothing for a while does not count as if it could never take anything.
  synchronized OptionalDouble add(int nowTaken, int nowThrottled, long nowMillis) {
    if (!looking || nowMillis < last || nowMillis - began > FORGOTTEN) {
      looking = nowThrottled > 0;
      begin(nowMillis);
      return OptionalDouble.empty();
    }
    counted += Math.min(nowMillis - last, LONGEST_GAP);
    last = nowMillis;
    taken += nowTaken;
    throttled += nowThrottled;
    return counted < LOOKED_AT ? OptionalDouble.empty() : conclude();
  }

  private void begin(long nowMillis) {
    began = nowMillis;
    last = nowMillis;
    counted = 0;
    taken = 0;
    throttled = 0;
  }

  private OptionalDouble conclude() {
    looking = false;
    double all = taken + throttled;
    return throttled >= LEAST_THROTTLED && throttled >= all * LEAST_THROTTLED_SHARE
        ? OptionalDouble.of(Math.max((double) taken, all / 2) * LOOKED_AT / counted)
        : OptionalDouble.empty();
  }
}
