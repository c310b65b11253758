package dev.carillon.persistence;

import java.nio.charset.StandardCharsets;

/// By what a carrier's own id of a part is found: a hash of carrier and id in 64 bits. Stored, so
/// it never changes.
final class CarrierPartHash {
  /// FNV-1a with 64 bits (draft-eastlake-fnv, "The FNV Non-Cryptographic Hash Algorithm", 2 and 5).
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;

  /// Stands in neither of them.
  private static final char BETWEEN = '\0';

  private CarrierPartHash() {}

  static long of(String carrier, String id) {
    return fnv1a((carrier + BETWEEN + id).getBytes(StandardCharsets.UTF_8));
  }

  static long fnv1a(byte[] bytes) {
    long hash = OFFSET_BASIS;
    for (byte one : bytes) {
      hash = (hash ^ (one & 0xff)) * PRIME;
    }
    return hash;
  }
}
