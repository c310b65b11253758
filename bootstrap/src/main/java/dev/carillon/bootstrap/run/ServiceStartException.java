package dev.carillon.bootstrap.run;

/// A part of the service could not be started; the parts before it were stopped again.
public final class ServiceStartException extends RuntimeException {
  public ServiceStartException(String part, Exception cause) {
    super(part + " could not be started: " + reason(cause), cause);
  }

  /// What failed and, where that has another cause, the first of all causes.
  private static String reason(Throwable failure) {
    if (failure.getCause() == null) {
      return words(failure);
    }
    Throwable root = failure.getCause();
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return words(failure) + " (" + words(root) + ")";
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
