package dev.carillon.application.port;

import dev.carillon.domain.business.Caller;
import java.util.Optional;

/// Knows who holds which key.
public interface Credentials {
  /// The caller that holds this API key; empty when no living key has this hash. The key itself is
  /// never stored, and looked up by its hash only.
  Optional<Caller> byApiKey(String apiKey);
}
