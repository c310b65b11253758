package dev.carillon.domain.recipient;

/// The number of a recipient within the service; positive.
public record RecipientId(long value) implements RecipientKey {

  public RecipientId {
    if (value <= 0) {
      throw new IllegalArgumentException("a recipient id must be positive");
    }
  }
}
