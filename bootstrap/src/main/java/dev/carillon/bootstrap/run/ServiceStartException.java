package dev.carillon.bootstrap.run;

/// A part of the service could not be started; the parts before it were stopped again.
public final class ServiceStartException extends RuntimeException {
  ServiceStartException(String part, Exception cause) {
    super(part + " could not be started: " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
