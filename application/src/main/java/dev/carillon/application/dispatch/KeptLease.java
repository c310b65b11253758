package dev.carillon.application.dispatch;

import dev.carillon.application.port.Lease;
import java.time.Duration;

/// A lease as this node may count on it: from before the commit that gave it, less a tenth. A node
/// that was frozen finds it over when it wakes up.
final class KeptLease {
  private final Lease lease;
  private final long lastsNanos;
  private volatile long prolongedAtNanos;
  private volatile boolean lost;

  KeptLease(Lease lease, Duration time, long takenAtNanos) {
    this.lease = lease;
    this.lastsNanos = time.toNanos() * 9 / 10;
    this.prolongedAtNanos = takenAtNanos;
  }

  Lease lease() {
    return lease;
  }

  long prolongedAtNanos() {
    return prolongedAtNanos;
  }

  /// It was prolonged by a commit that began at that time.
  void prolonged(long atNanos) {
    if (atNanos - prolongedAtNanos > 0) {
      prolongedAtNanos = atNanos;
    }
  }

  /// It is another's, or nobody's.
  void lose() {
    lost = true;
  }

  /// Whether it may be counted on.
  boolean isAlive() {
    return !lost && System.nanoTime() - prolongedAtNanos < lastsNanos;
  }
}
