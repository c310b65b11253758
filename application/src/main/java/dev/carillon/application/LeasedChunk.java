package dev.carillon.application;

import dev.carillon.application.port.Lease;
import dev.carillon.domain.message.ChunkKey;

/// A chunk that a worker has just leased, with its first window marked.
///
/// @param first position of its first message
/// @param size how many messages it has
public record LeasedChunk(ChunkKey key, int first, int size, Lease lease, Settled settled) {}
