package dev.carillon.domain.business;

/// The public id of an API key: what its holder makes carries it as created_by.
public record ApiKeyId(String value) {
  /// What every id begins with, so that no user's id looks like a key's.
  public static final String PREFIX = "key_";

  @Override
  public String toString() {
    return value;
  }
}
