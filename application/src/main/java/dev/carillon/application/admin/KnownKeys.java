package dev.carillon.application.admin;

import dev.carillon.application.port.ApiKeys;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// Finds keys, and says in words what they are.
final class KnownKeys {
  private static final String ID = "key_id";

  private KnownKeys() {}

  static Map<String, String> remember(ApiKeyId id) {
    return Map.of(ID, id.value());
  }

  static ApiKey remembered(ApiKeys keys, Map<String, String> answer) {
    ApiKeyId id = new ApiKeyId(Objects.requireNonNull(answer.get(ID)));
    return keys.find(id).orElseThrow(() -> notFound(id));
  }

  static DomainException notFound(ApiKeyId id) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.API_KEY, id.value()));
  }

  /// All that is kept in an audit trail.
  static Map<String, String> fields(ApiKey key) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("name", key.name());
    fields.put("user_type", key.role().userType());
    Set<Permission> scopes = key.scopes();
    if (scopes != null) {
      fields.put("scopes", scopes.stream().sorted().toList().toString());
    }
    Instant expiresAt = key.life().expiresAt();
    if (expiresAt != null) {
      fields.put("expire_time", expiresAt.toString());
    }
    Instant revokedAt = key.life().revokedAt();
    if (revokedAt != null) {
      fields.put("revoke_time", revokedAt.toString());
    }
    return fields;
  }
}
