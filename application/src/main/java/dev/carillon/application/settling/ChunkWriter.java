package dev.carillon.application.settling;

import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.domain.delivery.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Writes locked chunks back, closes those in which nothing is open, and lets their jobs live on:
/// the end of every settling step.
final class ChunkWriter {
  private final ChunkRepository chunks;
  private final JobLife life;

  ChunkWriter(ChunkRepository chunks, JobLife life) {
    this.chunks = chunks;
    this.life = life;
  }

  /// Writes one back; whether it closed.
  boolean save(LockedChunk locked, LeaseChange lease, Map<Reason, Integer> reasons, Instant now) {
    boolean closes = closes(locked, now);
    chunks.save(List.of(change(locked, lease, closes, reasons)));
    life.afterChunk(locked, closes, now);
    return closes;
  }

  /// Writes several back, whose leases stay as they are.
  void saveAll(List<LockedChunk> locked, Instant now) {
    List<ChunkChange> changes =
        locked.stream()
            .map(chunk -> change(chunk, new LeaseChange.Keep(), closes(chunk, now), Map.of()))
            .toList();
    chunks.save(changes);
    for (int i = 0; i < changes.size(); i++) {
      life.afterChunk(locked.get(i), changes.get(i).closed(), now);
    }
  }

  private static ChunkChange change(
      LockedChunk locked, LeaseChange lease, boolean closes, Map<Reason, Integer> reasons) {
    LeaseChange becomes = closes ? new LeaseChange.Release(null, Map.of()) : lease;
    return new ChunkChange(locked.chunk(), becomes, closes, reasons);
  }

  private static boolean closes(LockedChunk locked, Instant now) {
    return locked.open() && locked.chunk().isFinished(locked.terms().resends(now));
  }
}
