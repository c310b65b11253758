package dev.carillon.benchmarks.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Supplier;

/// What every target promises besides its own: time in proportion to the input.
///
/// Counted is the CPU time of this thread, so that neither other programs nor a collection of
/// garbage count. An input that took too long is given again before it is called slow: the first
/// time may have been one of loading classes.
public final class Promise {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Duration LEAST = Duration.ofMillis(20);
  private static final Duration EACH_CHARACTER = Duration.ofNanos(2_000);
  private static final int TRIES = 3;

  private Promise() {}

  /// Does the work and returns what came of it.
  ///
  /// @param length of its input
  /// @throws SlowInputException if it takes more than is allowed for an input of that length
  public static <T> T linear(int length, Supplier<T> work) {
    long allowed = LEAST.plus(EACH_CHARACTER.multipliedBy(length)).toNanos();
    long least = Long.MAX_VALUE;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      long start = THREADS.getCurrentThreadCpuTime();
      T result = work.get();
      long spent = THREADS.getCurrentThreadCpuTime() - start;
      if (spent <= allowed) {
        return result;
      }
      least = Math.min(least, spent);
    }
    throw new SlowInputException(length, Duration.ofNanos(least));
  }

  /// Fails unless a promise of the target was kept.
  public static void kept(boolean promise, String what) {
    if (!promise) {
      throw new IllegalStateException("broken: " + what);
    }
  }
}
