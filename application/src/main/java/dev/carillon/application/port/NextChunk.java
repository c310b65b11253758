package dev.carillon.application.port;

import java.time.Instant;

/// What a job has for a worker.
public sealed interface NextChunk {
  /// A chunk to be worked at, locked.
  record Ready(LockedChunk chunk) implements NextChunk {}

  /// Nothing before that time: all its open chunks are leased, deferred or locked by others.
  record Later(Instant notBefore) implements NextChunk {}

  /// No open chunk.
  record None() implements NextChunk {}
}
