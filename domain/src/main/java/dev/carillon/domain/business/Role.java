package dev.carillon.domain.business;

import static dev.carillon.domain.business.Permission.BILLING_READ;
import static dev.carillon.domain.business.Permission.BILLING_WRITE;
import static dev.carillon.domain.business.Permission.CONTACTS_READ;
import static dev.carillon.domain.business.Permission.CONTACTS_WRITE;
import static dev.carillon.domain.business.Permission.KEYS;
import static dev.carillon.domain.business.Permission.READ;
import static dev.carillon.domain.business.Permission.SEND;
import static dev.carillon.domain.business.Permission.TEMPLATES_READ;
import static dev.carillon.domain.business.Permission.TEMPLATES_WRITE;
import static dev.carillon.domain.business.Permission.WEBHOOKS;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a caller may do (the seeds' user-type), as the permissions that it has.
public enum Role {
  /// A person or service of the business.
  USER(
      "user",
      EnumSet.of(
          READ,
          SEND,
          CONTACTS_READ,
          CONTACTS_WRITE,
          TEMPLATES_READ,
          TEMPLATES_WRITE,
          BILLING_READ)),
  /// An administrator of the business: its keys, its money and its webhooks, too.
  ADMIN_USER(
      "adminuser",
      EnumSet.of(
          READ,
          SEND,
          CONTACTS_READ,
          CONTACTS_WRITE,
          TEMPLATES_READ,
          TEMPLATES_WRITE,
          BILLING_READ,
          BILLING_WRITE,
          KEYS,
          WEBHOOKS)),
  /// Acts for a business: sends with the templates that there are.
  AGENT(
      "agent", EnumSet.of(READ, SEND, CONTACTS_READ, CONTACTS_WRITE, TEMPLATES_READ, BILLING_READ)),
  /// Runs the service; sees every business's jobs, but only through audits.
  OPERATOR("operator", EnumSet.allOf(Permission.class));

  private final String userType;
  private final Set<Permission> permissions;

  Role(String userType, Set<Permission> permissions) {
    this.userType = userType;
    this.permissions = Set.copyOf(permissions);
  }

  /// Its name in the user-type header and in tokens (S4).
  public String userType() {
    return userType;
  }

  /// All that it may do.
  public Set<Permission> permissions() {
    return permissions;
  }

  /// The role of that user-type, whatever its case; empty when there is none.
  public static Optional<Role> ofUserType(String userType) {
    return Arrays.stream(values())
        .filter(role -> role.userType.equalsIgnoreCase(userType))
        .findFirst();
  }

  /// The roles that have a permission, in their order.
  public static List<Role> having(Permission permission) {
    return Arrays.stream(values()).filter(role -> role.permissions.contains(permission)).toList();
  }
}
