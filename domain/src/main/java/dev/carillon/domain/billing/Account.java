package dev.carillon.domain.billing;

/// Where money can be in the books of a business. Every entry moves an amount from one to another,
/// so that they always come to nothing together.
public enum Account {
  /// Where top-ups come from: outside. Never positive.
  FUNDING,
  /// The balance: what may still be spent. Never negative.
  AVAILABLE,
  /// Set aside for messages whose outcome is open. Never negative.
  HELD,
  /// What carriers took.
  CAPTURED,
  /// What was taken after it had been given back, and that the balance could not pay: the next
  /// money that comes in pays it. Never positive.
  OWED
}
