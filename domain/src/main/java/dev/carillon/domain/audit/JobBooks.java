package dev.carillon.domain.audit;

import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.EntryKind;
import java.util.Map;

/// What is stored of the money of a job beside its chunks.
///
/// @param ofClosed what the job counts of its closed chunks
/// @param entries what its entries in the ledger come to, by kind, in micros
public record JobBooks(Movement ofClosed, Map<EntryKind, Long> entries) {
  /// Of a job that costs nothing.
  public static final JobBooks NONE = new JobBooks(Movement.NONE, Map.of());

  public JobBooks {
    entries = Map.copyOf(entries);
  }

  /// The sum of its entries of one kind.
  long sum(EntryKind kind) {
    return entries.getOrDefault(kind, 0L);
  }
}
