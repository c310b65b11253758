package dev.carillon.persistence.embedded;

/// The data directory cannot be used. Nothing in it was touched; the message names it and says what
/// can be done.
public class DataDirectoryException extends EmbeddedPostgresException {
  DataDirectoryException(String message) {
    super(message);
  }
}
