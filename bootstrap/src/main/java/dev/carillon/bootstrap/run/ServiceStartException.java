package dev.carillon.bootstrap.run;

/// A part of the service could not be started; the parts before it were stopped again.
public final class ServiceStartException extends RuntimeException {
  public ServiceStartException(String part, Exception cause) {
    this(part, words(cause), cause);
  }

  /// @param why in words for people
  public ServiceStartException(String part, String why, Exception cause) {
    super(part + " could not be started: " + why, cause);
  }

  /// What failed and, where that says more, the first of all causes.
  private static String words(Exception failure) {
    String said = said(failure);
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String first = root.getMessage();
    return first == null || said.contains(first) ? said : said + " (" + first + ")";
  }

  private static String said(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
