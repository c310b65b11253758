package dev.carillon.application.dispatch;

import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.Lease;
import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Prolongs the leases of workers that are alive and have not settled for a while, because their
/// carrier keeps them waiting. A process that hangs prolongs nothing, and loses its leases.
public final class LeaseKeeper {
  private final ChunkRepository chunks;
  private final Duration leaseTime;
  private final Map<ChunkKey, KeptLease> kept = new ConcurrentHashMap<>();

  public LeaseKeeper(ChunkRepository chunks, Duration leaseTime) {
    this.chunks = chunks;
    this.leaseTime = leaseTime;
  }

  /// Prolongs what has not been prolonged for a third of the lease time. To be called in a loop,
  /// several times in a lease time.
  public void prolong() {
    long now = System.nanoTime();
    long third = leaseTime.toNanos() / 3;
    Map<ChunkKey, Lease> old = new HashMap<>();
    kept.forEach((key, lease) -> {
      if (now - lease.prolongedAtNanos() > third) {
        old.put(key, lease.lease());
      }
    });
    if (!old.isEmpty()) {
      chunks.prolong(old, leaseTime).forEach(key -> prolonged(key, now));
    }
  }

  private void prolonged(ChunkKey key, long atNanos) {
    KeptLease lease = kept.get(key);
    if (lease != null) {
      lease.prolonged(atNanos);
    }
  }

  KeptLease keep(ChunkKey key, Lease lease, long takenAtNanos) {
    KeptLease keptLease = new KeptLease(lease, leaseTime, takenAtNanos);
    kept.put(key, keptLease);
    return keptLease;
  }

  void forget(ChunkKey key, KeptLease lease) {
    kept.remove(key, lease);
  }
}
