package dev.carillon.benchmarks.crash;

/// A promise of the service was found broken, or it did not do what it should in the time given.
public final class CrashViolation extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param message what was found, and where
  public CrashViolation(String message) {
    super(message);
  }

  CrashViolation(String message, Throwable cause) {
    super(message, cause);
  }
}
