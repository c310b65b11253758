package dev.carillon.domain.billing;

/// The money of a job. What is neither captured nor refunded is still held.
///
/// @param held the total cost, held at acceptance
/// @param captured what carriers took, so far
/// @param refunded what was given back, so far
/// @param parts billed parts of all accepted messages
public record JobBilling(Money held, Money captured, Money refunded, long parts) {
  /// The billing of a job that costs nothing.
  public static JobBilling free(String currency, long parts) {
    Money zero = Money.zero(currency);
    return new JobBilling(zero, zero, zero, parts);
  }
}
