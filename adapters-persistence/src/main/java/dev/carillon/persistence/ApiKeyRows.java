package dev.carillon.persistence;

import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.schema.tables.records.ApiKeyRecord;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Between rows of API keys and the domain.
final class ApiKeyRows {
  private ApiKeyRows() {}

  static ApiKey key(ApiKeyRecord row) {
    return new ApiKey(
        new ApiKeyId(row.getId()),
        ScopeRows.of(row.getBusinessId(), row.getEnvironment()),
        Role.valueOf(row.getRole()),
        row.getName(),
        scopes(row.getScopes()),
        row.getCreatedAt(),
        Objects.requireNonNullElse(row.getCreatedBy(), ""),
        new ApiKey.Life(
            row.getExpiresAt(), row.getLastUsedAt(), row.getRevokedAt(), row.getRevokedBy()));
  }

  static ApiKeyRecord toRow(ApiKey key) {
    return new ApiKeyRecord()
        .setId(key.id().value())
        .setBusinessId(key.scope().business().value())
        .setEnvironment(key.scope().environment().name())
        .setRole(key.role().name())
        .setName(key.name())
        .setScopes(names(key.scopes()))
        .setCreatedAt(key.createdAt())
        .setCreatedBy(key.createdBy().isEmpty() ? null : key.createdBy())
        .setExpiresAt(key.life().expiresAt())
        .setLastUsedAt(key.life().lastUsedAt())
        .setRevokedAt(key.life().revokedAt())
        .setRevokedBy(key.life().revokedBy());
  }

  /// A permission that a later version knows and this one does not is one that nothing here asks
  /// for.
  private static @Nullable Set<Permission> scopes(String @Nullable [] names) {
    if (names == null) {
      return null;
    }
    Set<String> wanted = Set.of(names);
    return Arrays.stream(Permission.values())
        .filter(permission -> wanted.contains(permission.name()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String @Nullable [] names(@Nullable Set<Permission> scopes) {
    return scopes == null
        ? null
        : scopes.stream().sorted().map(Permission::name).toArray(String[]::new);
  }
}
