package dev.carillon.application.port;

import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.Chunk;

/// A chunk whose row this transaction has locked.
///
/// @param jobStatus where its job stands, as committed
/// @param fence of its latest lease; 0 before the first
/// @param leased whether that lease is alive by the store's clock
/// @param open whether the chunk has not closed yet
public record LockedChunk(
    Chunk chunk, JobStatus jobStatus, long fence, boolean leased, boolean open) {}
