package dev.carillon.domain.delivery;

/// The carrier chosen for a message, and why.
///
/// @param reason for people, without personal data, at most 255 characters
public record Route(CarrierId carrier, String reason) {
  public Route {
    reason = CarrierWords.fit(reason);
  }

  /// The same carrier, chosen although others come before it.
  ///
  /// @param why those before it are passed over
  public Route insteadOf(CarrierId first, String why) {
    return new Route(carrier, reason + ", instead of " + first + ": " + why);
  }
}
