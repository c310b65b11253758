package dev.carillon.application.port;

import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps what is known about API keys. The keys themselves are not kept.
public interface ApiKeys {
  /// Stores a new key by the hash of its secret, inside the caller's transaction.
  void insert(ApiKey key, String secret);

  /// The key of this id, whoever it belongs to; empty when there is none.
  Optional<ApiKey> find(ApiKeyId id);

  /// Revokes a key, inside the caller's transaction; false when it was revoked before, or when
  /// there is none. It opens nothing any more on any node within 5 s.
  boolean revoke(ApiKeyId id, String by, Instant now);

  /// A page of the keys of a business, the newest first.
  ///
  /// @param environment null for both
  /// @param livingAt leaves out those that are revoked or expired then; null for all
  Page<ApiKey> list(
      BusinessId business,
      @Nullable Environment environment,
      @Nullable Instant livingAt,
      PageRequest page);

  /// Notes when keys were used last, in one statement; an earlier time than what is noted changes
  /// nothing, nor does a key that does not exist.
  void noteUses(Map<ApiKeyId, Instant> uses);
}
