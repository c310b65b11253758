package dev.carillon.application.port;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import java.util.Optional;

/// Knows who holds which key. What it knows may be 4 s old.
public interface Credentials {
  /// The caller that holds this API key; empty when no living key has this hash. The key itself is
  /// never stored, and looked up by its hash only, so that a wrong key and an unknown one cost the
  /// same.
  Optional<Caller> byApiKey(String apiKey);

  /// What a caller has of its business; empty when there is none of this number.
  Optional<Home> home(BusinessId business);

  /// What callers have of their business.
  ///
  /// @param defaultRegion ISO 3166-1 alpha-2
  /// @param currency ISO 4217
  record Home(String defaultRegion, String currency) {}
}
