package dev.carillon.grpc;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Collects what cannot be mapped, so that a caller hears of all of it at once. Keeps the first
/// hundred.
final class Violations {
  private static final int MOST = 100;

  private final List<FieldViolation> found = new ArrayList<>();

  void add(String path, String description) {
    if (found.size() < MOST) {
      found.add(new FieldViolation(path, description));
    }
  }

  /// Throws InvalidFields if there are any.
  void refuse() {
    if (!found.isEmpty()) {
      throw new DomainException(new DomainError.InvalidFields(List.copyOf(found)));
    }
  }

  /// Does the work on a part of a request, and names its fields by where that part is.
  static <R> R within(String part, Supplier<R> work) {
    try {
      return work.get();
    } catch (DomainException refused) {
      throw new DomainException(within(part, refused.error()));
    }
  }

  private static DomainError within(String part, DomainError refused) {
    return switch (refused) {
      case DomainError.InvalidFields(List<FieldViolation> found) ->
          new DomainError.InvalidFields(
              found.stream()
                  .map(violation ->
                      new FieldViolation(part + "." + violation.path(), violation.description()))
                  .toList());
      case DomainError.CurrencyMismatch(String field, String currency) ->
          new DomainError.CurrencyMismatch(part + "." + field, currency);
      default -> refused;
    };
  }

  /// One violation, thrown by the caller of this.
  static DomainException one(String path, String description) {
    return new DomainException(
        new DomainError.InvalidFields(List.of(new FieldViolation(path, description))));
  }
}
