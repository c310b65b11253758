package dev.carillon.domain.recipient;

/// Where a message goes: one canonical form for each place, so that equal addresses are equal
/// values.
public sealed interface Address permits PhoneNumber, EmailAddress {

  /// The canonical form, for storing and sending; never for a log.
  String value();

  /// A form for people and logs that does not give the address away.
  String masked();
}
