package dev.carillon.domain.error;

/// Carries a [DomainError] to the edge. Stackless: a refusal is no bug.
public final class DomainException extends RuntimeException {
  private final transient DomainError error;

  public DomainException(DomainError error) {
    super(error.getClass().getSimpleName(), null, false, false);
    this.error = error;
  }

  /// What is refused.
  public DomainError error() {
    return error;
  }
}
