package dev.carillon.application.settling;

import java.time.Instant;

/// What came of asking a job for a chunk.
public sealed interface Leasing {
  /// A chunk was leased.
  record Leased(LeasedChunk chunk) implements Leasing {}

  /// There is none before that time.
  record NotBefore(Instant time) implements Leasing {}

  /// What waited in a chunk of the job was swept; another may have to be.
  record Swept() implements Leasing {}

  /// The job has no open chunk, or nothing of it may be handed over.
  record Done() implements Leasing {}

  /// This store may not be dispatched from until its history has been confirmed.
  record SwitchedOff() implements Leasing {}
}
