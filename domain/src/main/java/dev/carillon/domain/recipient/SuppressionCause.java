package dev.carillon.domain.recipient;

/// Why an address must not be written to. Names are part of the API and stored.
public enum SuppressionCause {
  /// The recipient wrote STOP, or the like.
  STOP,
  /// The address does not exist.
  HARD_BOUNCE,
  /// The recipient complained of spam.
  COMPLAINT,
  /// The recipient unsubscribed.
  UNSUBSCRIBE,
  /// The carrier keeps it on a list of its own.
  CARRIER_LIST,
  /// Somebody of the business put it there.
  MANUAL
}
