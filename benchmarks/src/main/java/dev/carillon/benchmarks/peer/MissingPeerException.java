package dev.carillon.benchmarks.peer;

/// A peer cannot be run here; the message says why.
public final class MissingPeerException extends RuntimeException {
  MissingPeerException(String reason) {
    super(reason);
  }
}
