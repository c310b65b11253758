package dev.carillon.domain.business;

/// The tenant's number, positive.
public record BusinessId(long value) {
  public BusinessId {
    if (value <= 0) {
      throw new IllegalArgumentException("a business id is positive, not " + value);
    }
  }
}
