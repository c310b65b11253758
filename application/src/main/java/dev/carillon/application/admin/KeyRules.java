package dev.carillon.application.admin;

import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.FieldViolation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What a new key may be.
final class KeyRules {
  private static final int LONGEST_NAME = 200;

  private KeyRules() {}

  /// Throws InvalidFields with everything that the key cannot be.
  static void check(CreateApiKey.Command command, Instant now) {
    List<FieldViolation> violations = new ArrayList<>();
    String name = command.name();
    if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      violations.add(
          new FieldViolation("name", "must have 1 to " + LONGEST_NAME + " characters and no NUL"));
    }
    if (command.expiresAt() != null && !command.expiresAt().isAfter(now)) {
      violations.add(new FieldViolation("expire_time", "must be in the future"));
    }
    if (!KeyHolders.mayHandle(command.caller(), command.scope())) {
      violations.add(new FieldViolation("environment", "must be that of the credential"));
    }
    checkPowers(command, violations);
    InvalidFields.refuse(violations);
  }

  private static void checkPowers(CreateApiKey.Command command, List<FieldViolation> violations) {
    Caller caller = command.caller();
    Set<Permission> ofRole = command.role().permissions();
    Set<Permission> wanted = Objects.requireNonNullElse(command.scopes(), ofRole);
    if (command.role() == Role.OPERATOR && !KeyHolders.isOperator(caller)) {
      violations.add(new FieldViolation("user_type", "only operators make keys of operators"));
    } else if (wanted.isEmpty() || !ofRole.containsAll(wanted)) {
      violations.add(new FieldViolation("scopes", "must be permissions of the user_type"));
    } else if (!caller.permissions().containsAll(wanted)) {
      violations.add(
          new FieldViolation("scopes", "must not go beyond what the credential may do itself"));
    }
  }
}
