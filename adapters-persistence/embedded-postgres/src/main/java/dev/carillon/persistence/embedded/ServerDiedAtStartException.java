package dev.carillon.persistence.embedded;

/// The server gave up before it was ready; the message quotes what it said.
final class ServerDiedAtStartException extends EmbeddedPostgresException {
  private final boolean portTaken;

  ServerDiedAtStartException(String log) {
    super("PostgreSQL did not start:%n%s".formatted(log));
    portTaken = log.contains("Address already in use");
  }

  boolean isPortTaken() {
    return portTaken;
  }
}
