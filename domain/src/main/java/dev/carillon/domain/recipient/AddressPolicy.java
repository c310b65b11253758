package dev.carillon.domain.recipient;

/// Whether several recipients of a business's environment may have the same address.
public enum AddressPolicy {
  /// They may: a household with one phone is several people.
  SHARED,
  /// No address stands at two recipients, in the same field.
  UNIQUE
}
