package dev.carillon.benchmarks.fuzz;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The refusals that are declared for malformed requests; anything else that is thrown is a bug.
public final class Refusals {
  private Refusals() {}

  /// What came of it; empty if it was refused as a malformed request is, with the path of a field.
  public static <T> Optional<T> refusing(Supplier<@Nullable T> work) {
    try {
      return Optional.ofNullable(work.get());
    } catch (DomainException refused) {
      switch (refused.error()) {
        case DomainError.InvalidFields invalid -> check(invalid);
        case DomainError.NotFound _ -> {}
        default -> throw refused;
      }
      return Optional.empty();
    }
  }

  private static void check(DomainError.InvalidFields invalid) {
    Promise.kept(!invalid.violations().isEmpty(), "a refusal names a field");
    for (FieldViolation violation : invalid.violations()) {
      Promise.kept(
          !violation.path().isEmpty() && !violation.description().isBlank(),
          "a refusal tells which field, and what is wrong with it");
    }
  }
}
