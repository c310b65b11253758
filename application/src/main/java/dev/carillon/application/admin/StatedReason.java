package dev.carillon.application.admin;

import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.FieldViolation;
import java.util.List;

/// Why an operator stops something, in words of their own: kept and shown to other operators.
final class StatedReason {
  private static final int LONGEST = 200;

  private StatedReason() {}

  /// Throws InvalidFields where nothing is said, too much, or what cannot be stored.
  static void require(String reason) {
    if (reason.isBlank() || reason.length() > LONGEST || reason.indexOf('\0') >= 0) {
      InvalidFields.refuse(
          List.of(
              new FieldViolation(
                  "reason", "must have 1 to " + LONGEST + " characters and no NUL")));
    }
  }
}
