package dev.carillon.application.port;

import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobTerms;
import dev.carillon.domain.message.Chunk;
import java.time.Instant;
import java.util.Map;

/// A chunk whose row this transaction has locked. It remembers how its messages stood where its job
/// tells of them.
///
/// @param terms of its job, as committed
/// @param provider the job's own carrier
/// @param fence of its latest lease; 0 before the first
/// @param leased whether that lease is alive by the store's clock
/// @param open whether the chunk has not closed yet
/// @param dueTimes positions that have to wait longer than the chunk, and until when
/// @param dispatchOn whether its messages may be handed over: false after a failover or a restore
///   that nobody has confirmed, while its business is stopped, and on a node that is older than the
///   store wants
/// @param money what is booked of its messages, and what they cost
public record LockedChunk(
    Chunk chunk,
    JobTerms terms,
    CarrierId provider,
    long fence,
    boolean leased,
    boolean open,
    Map<Integer, Instant> dueTimes,
    boolean dispatchOn,
    ChunkMoney money) {
  public LockedChunk {
    if (!terms.told().isEmpty()) {
      chunk.remember();
    }
  }
}
