package dev.carillon.grpc;

import java.util.OptionalLong;

/// Writes the version of a resource as its etag (AIP-154), and reads it again.
final class Etags {
  /// Nothing ever has it: an etag that cannot be read is of no version that there is.
  private static final long NO_VERSION = 0;

  private static final int RADIX = 36;

  private Etags() {}

  static String of(long version) {
    return Long.toString(version, RADIX);
  }

  /// The version that the caller saw; empty if it does not say.
  static OptionalLong version(String etag) {
    return etag.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parse(etag));
  }

  private static long parse(String etag) {
    try {
      long version = Long.parseLong(etag, RADIX);
      return of(version).equals(etag) ? version : NO_VERSION;
    } catch (NumberFormatException none) {
      return NO_VERSION;
    }
  }
}
