package dev.carillon.domain.webhook;

/// The signing secret of an endpoint, encrypted: worth nothing without the key of the house.
///
/// @param text as it is stored
public record SealedSecret(String text) {
  @Override
  public String toString() {
    return "SealedSecret";
  }
}
