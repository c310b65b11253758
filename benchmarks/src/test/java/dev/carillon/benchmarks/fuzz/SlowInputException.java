package dev.carillon.benchmarks.fuzz;

import java.time.Duration;

/// An input took longer than its length allows.
public final class SlowInputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SlowInputException(int length, Duration spent) {
    super("%d characters took %d ms of CPU time".formatted(length, spent.toMillis()));
  }
}
