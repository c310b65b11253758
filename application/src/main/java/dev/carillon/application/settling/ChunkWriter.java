package dev.carillon.application.settling;

import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.settling.AnswerRules.Kept;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes locked chunks back, tells of their messages where their jobs ask for it, closes those in
/// which nothing is open, lets their jobs live on, and books their money: the end of every settling
/// step. Balances are locked last.
final class ChunkWriter {
  private final ChunkRepository chunks;
  private final JobLife life;
  private final Ledger ledger;

  ChunkWriter(ChunkRepository chunks, JobLife life, Ledger ledger) {
    this.chunks = chunks;
    this.life = life;
    this.ledger = ledger;
  }

  /// Writes one back; whether it closed.
  boolean save(LockedChunk locked, LeaseChange lease, Kept kept, Instant now) {
    boolean closes = closes(locked, now);
    save(List.of(locked), List.of(change(locked, lease, closes, kept)), kept, now);
    return closes;
  }

  /// Writes several back, whose leases stay as they are.
  void saveAll(List<LockedChunk> locked, Causes causes, Instant now) {
    List<ChunkChange> changes =
        locked.stream()
            .map(chunk -> change(chunk, new LeaseChange.Keep(), closes(chunk, now), Kept.NOTHING))
            .toList();
    save(locked, changes, causes, now);
  }

  private void save(
      List<LockedChunk> locked, List<ChunkChange> changes, Causes causes, Instant now) {
    chunks.save(changes);
    tell(locked, causes, now);
    for (int i = 0; i < changes.size(); i++) {
      life.afterChunk(locked.get(i), changes.get(i), now);
    }
    Map<ChunkKey, Movement> movements = new TreeMap<>();
    for (int i = 0; i < changes.size(); i++) {
      Movement movement = locked.get(i).money().to(changes.get(i).money());
      if (!movement.isNone()) {
        movements.put(changes.get(i).chunk().key(), movement);
      }
    }
    book(movements, now);
  }

  /// Before the job's own events, which may be its last.
  private void tell(List<LockedChunk> locked, Causes causes, Instant now) {
    List<MessageChanges> told = List.of();
    for (LockedChunk one : locked) {
      if (!one.terms().told().isEmpty()) {
        told = told.isEmpty() ? new ArrayList<>() : told;
        MessageChanges.of(one.chunk(), one.terms().told(), causes.of(one.chunk().key()))
            .ifPresent(told::add);
      }
    }
    if (!told.isEmpty()) {
      life.tellOf(told, now);
    }
  }

  private void book(Map<ChunkKey, Movement> movements, Instant now) {
    Set<JobId> balances = new TreeSet<>(Comparator.comparingLong(JobId::value));
    movements.forEach((chunk, movement) -> {
      if (movement.refunded() != 0) {
        balances.add(chunk.job());
      }
    });
    if (balances.size() > 1) {
      ledger.lock(balances);
    }
    movements.forEach((chunk, movement) ->
        ledger.book(chunk, movement, now).ifPresent(fall -> life.tellOf(fall, now)));
  }

  private static ChunkChange change(
      LockedChunk locked, LeaseChange lease, boolean closes, Kept kept) {
    LeaseChange becomes = closes ? new LeaseChange.Release(null, Map.of()) : lease;
    boolean closed = closes || !locked.open();
    return new ChunkChange(
        locked.chunk(),
        becomes,
        closes,
        reasons(locked.chunk(), kept),
        locked.money().after(locked.chunk().statuses(), closed));
  }

  private static Map<Reason, Integer> reasons(Chunk chunk, Kept kept) {
    if (chunk.lostAnswers() == 0) {
      return kept.reasons();
    }
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    reasons.putAll(kept.reasons());
    reasons.merge(Reason.OUTCOME_UNKNOWN, chunk.lostAnswers(), Integer::sum);
    return reasons;
  }

  private static boolean closes(LockedChunk locked, Instant now) {
    return locked.open() && locked.chunk().isFinished(locked.terms().resends(now));
  }
}
