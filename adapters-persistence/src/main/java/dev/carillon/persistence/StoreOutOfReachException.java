package dev.carillon.persistence;

/// PostgreSQL cannot be connected to. The message says where it was looked for and why it cannot be
/// used, in one line for people and without secrets.
public final class StoreOutOfReachException extends RuntimeException {
  StoreOutOfReachException(String message, Throwable cause) {
    super(message, cause);
  }
}
