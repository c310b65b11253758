package dev.carillon.application.port;

import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.message.Chunk;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is written back about a locked chunk: its statuses and tally always, and one of these.
///
/// @param lease what becomes of its lease
/// @param closed whether it closes
/// @param reasons how many attempts ended for which reason in this change, to be added to what the
///   chunk has; less than 0 where it has become known that they did not
/// @param money of which what is captured and refunded is written
public record ChunkChange(
    Chunk chunk,
    LeaseChange lease,
    boolean closed,
    Map<Reason, Integer> reasons,
    ChunkMoney money) {

  /// Of a chunk in which nothing costs anything.
  public ChunkChange(Chunk chunk, LeaseChange lease, boolean closed, Map<Reason, Integer> reasons) {
    this(chunk, lease, closed, reasons, ChunkMoney.FREE);
  }

  /// What becomes of the lease.
  public sealed interface LeaseChange {
    /// It stays as it is.
    record Keep() implements LeaseChange {}

    /// It is taken, with the next fence, for this long by the store's clock.
    record Take(WorkerId owner, Duration time) implements LeaseChange {}

    /// It is prolonged for this long from now by the store's clock.
    record Prolong(Duration time) implements LeaseChange {}

    /// It is given up; the chunk may be leased again when due, at once if null.
    ///
    /// @param dueTimes positions that have to wait longer, and until when; in place of those from
    ///   before
    record Release(@Nullable Instant nextDue, Map<Integer, Instant> dueTimes)
        implements LeaseChange {}
  }
}
