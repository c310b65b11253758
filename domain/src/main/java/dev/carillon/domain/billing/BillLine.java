package dev.carillon.domain.billing;

/// What one message costs, and why: its price and its billed parts. Messages of a job with the same
/// line cost the same.
public record BillLine(PriceId price, int parts, long costMicros) {
  /// Of a message that costs nothing.
  public static final BillLine FREE = new BillLine(PriceId.NONE, 0, 0);

  public BillLine {
    if (parts < 0 || costMicros < 0) {
      throw new IllegalArgumentException("parts and costs are 0 or more");
    }
  }
}
