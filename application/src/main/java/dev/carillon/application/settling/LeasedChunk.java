package dev.carillon.application.settling;

import dev.carillon.application.port.Lease;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.message.ChunkKey;
import java.util.List;

/// A chunk that a worker has just leased, with its first messages marked.
///
/// @param first position of its first message
/// @param size how many messages it has
/// @param messages those that were accepted, by position
public record LeasedChunk(
    ChunkKey key,
    int first,
    int size,
    Lease lease,
    List<StoredMessage> messages,
    Settled settled) {}
