package dev.carillon.domain.recipient;

/// The number of a group within the service; positive. Callers know its public id.
public record GroupId(long value) {

  public GroupId {
    if (value <= 0) {
      throw new IllegalArgumentException("a group id must be positive");
    }
  }
}
