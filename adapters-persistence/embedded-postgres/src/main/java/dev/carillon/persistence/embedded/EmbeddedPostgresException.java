package dev.carillon.persistence.embedded;

/// The embedded PostgreSQL cannot be started or went wrong; the message says what the operator can
/// do about it.
public class EmbeddedPostgresException extends RuntimeException {
  EmbeddedPostgresException(String message) {
    super(message);
  }

  EmbeddedPostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
