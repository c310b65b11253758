package dev.carillon.providers;

import org.jspecify.annotations.Nullable;

/// Where something went wrong, for a log: the classes and the traces of a failure and of its
/// causes, without their words, which may hold addresses, texts and passwords.
public final class Wordless extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MOST_CAUSES = 10;

  private Wordless(Throwable failure, @Nullable Throwable cause) {
    super(failure.getClass().getName(), cause, false, true);
    setStackTrace(failure.getStackTrace());
  }

  /// The same without words.
  public static Throwable of(Throwable failure) {
    return of(failure, MOST_CAUSES);
  }

  private static Throwable of(Throwable failure, int causes) {
    Throwable cause = failure.getCause();
    return new Wordless(failure, cause == null || causes == 0 ? null : of(cause, causes - 1));
  }
}
