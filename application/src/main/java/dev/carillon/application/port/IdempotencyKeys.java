package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import java.time.Instant;
import java.util.Map;

/// Remembers request ids with the fingerprint of what they asked for and the answer they got.
public interface IdempotencyKeys {
  /// Claims a request id inside the caller's transaction, so that of many callers one does the
  /// work; the others wait here until that one has committed or rolled back.
  ///
  /// @param fingerprint hash of the normalised command
  Claim claim(Scope scope, String method, String requestId, byte[] fingerprint, Instant now);

  /// Stores the answer of the work under a key claimed in the same transaction.
  void answer(Scope scope, String method, String requestId, Map<String, String> answer);

  /// What a claim found.
  sealed interface Claim {
    /// Nobody had it: do the work.
    record First() implements Claim {}

    /// The same was asked before: this was the answer.
    record Repeated(Map<String, String> answer) implements Claim {}

    /// Something else was asked under this id.
    record Reused() implements Claim {}
  }
}
