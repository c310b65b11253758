package dev.carillon.application;

import java.util.BitSet;
import java.util.List;

/// What has been said to whom in a job so far, by hashes of 128 bits, so that a message that comes
/// twice is known however many there are.
interface Seen {
  /// Notes all of them, in their order. Tells by a set bit which of them had come before, earlier
  /// in the list or in the job.
  BitSet note(List<Key> keys);

  /// The first half of a SHA-256 hash of an address and of what is said to it.
  record Key(long high, long low) {}
}
