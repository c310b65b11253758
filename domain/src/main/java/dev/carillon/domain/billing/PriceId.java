package dev.carillon.domain.billing;

/// The number of a price. A price never changes: another one takes its place.
public record PriceId(long value) {
  /// The price of what is not billed, or billed by configuration alone.
  public static final PriceId NONE = new PriceId(0);
}
