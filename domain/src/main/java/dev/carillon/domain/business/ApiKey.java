package dev.carillon.domain.business;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known about an API key, which is everything but the key itself.
///
/// @param role what its holder may do at most
/// @param name in the words of who made it
/// @param scopes the permissions of the role that it is for; null for all, now and in future
public record ApiKey(
    ApiKeyId id,
    Scope scope,
    Role role,
    String name,
    @Nullable Set<Permission> scopes,
    Instant createdAt,
    String createdBy,
    Life life) {
  public ApiKey {
    scopes = scopes == null ? null : Set.copyOf(scopes);
  }

  /// What its holder may do.
  public Set<Permission> permissions() {
    Set<Permission> narrowed = scopes;
    return narrowed == null
        ? role.permissions()
        : role.permissions().stream()
            .filter(narrowed::contains)
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether it opens anything at that time.
  public boolean livesAt(Instant now) {
    return life.revokedAt() == null && (life.expiresAt() == null || now.isBefore(life.expiresAt()));
  }

  /// How long it is good for, and what became of it.
  ///
  /// @param expiresAt it opens nothing from then on; null for never
  /// @param lastUsedAt to the minute or so; null when it never was
  /// @param revokedAt it opens nothing since; null while it is not revoked
  /// @param revokedBy the principal; null while it is not revoked
  public record Life(
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt,
      @Nullable String revokedBy) {
    /// Of a key that has just been made.
    public static Life until(@Nullable Instant expiresAt) {
      return new Life(expiresAt, null, null, null);
    }
  }
}
