package dev.carillon.domain.business;

import java.util.Set;

/// Who is calling: made of a credential, never of what the request says.
///
/// @param scope the business and environment the credential belongs to
/// @param role what it may do at most
/// @param principal the key's or user's id; what the caller makes carries it as created_by
/// @param defaultRegion ISO 3166-1 alpha-2 region of the business, for numbers without country code
/// @param currency ISO 4217 code of the business's money
/// @param permissions what it may do: those of its role, less what its key's scopes leave out
public record Caller(
    Scope scope,
    Role role,
    String principal,
    String defaultRegion,
    String currency,
    Set<Permission> permissions) {
  public Caller {
    permissions = Set.copyOf(permissions);
    if (!role.permissions().containsAll(permissions)) {
      throw new IllegalArgumentException("a caller may do no more than its role");
    }
  }

  /// A caller that may do all that its role may.
  public Caller(Scope scope, Role role, String principal, String defaultRegion, String currency) {
    this(scope, role, principal, defaultRegion, currency, role.permissions());
  }

  /// Whether it may do this.
  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
