package dev.carillon.application.memory;

import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.ChunkRepository.NewChunk;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.billing.Costs;
import dev.carillon.domain.billing.LineNumbers;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.Front;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A chunk as it is kept in memory.
record ChunkRow(
    Chunk chunk,
    boolean open,
    @Nullable Instant nextDue,
    Map<Integer, Instant> dueTimes,
    @Nullable WorkerId owner,
    @Nullable Instant leasedUntil,
    long fence,
    Map<Reason, Long> reasons,
    Instant changedAt,
    long version,
    Purse purse) {

  static ChunkRow of(NewChunk made, Instant now) {
    Chunk chunk = made.chunk();
    return new ChunkRow(
        copy(chunk),
        !chunk.isFinished(false),
        null,
        Map.of(),
        null,
        null,
        0,
        Map.of(),
        now,
        1,
        new Purse(made.lines(), 0, 0));
  }

  static Chunk copy(Chunk chunk) {
    return new Chunk(chunk.key(), chunk.first(), chunk.statuses(), chunk.routes(), chunk.retries());
  }

  ChunkRow due(Instant now) {
    return new ChunkRow(
        chunk, open, now, dueTimes, owner, leasedUntil, fence, reasons, changedAt, version, purse);
  }

  boolean isDue(Instant now) {
    return nextDue == null || !nextDue.isAfter(now);
  }

  boolean isLeased(Instant leaseNow) {
    return leasedUntil != null && leasedUntil.isAfter(leaseNow);
  }

  boolean isInDoubt() {
    Tally tally = chunk.tally();
    return tally.count(MessageState.UNKNOWN) + tally.count(MessageState.UNKNOWN_RESENT) > 0;
  }

  /// When it may be leased next, by its due time and by its lease, whose end is told by the clock
  /// of `now`.
  Instant notBefore(boolean sweeping, Instant now, Instant leaseNow) {
    Instant due = sweeping || nextDue == null ? now : nextDue;
    if (leasedUntil == null) {
      return due;
    }
    Instant leaseEnd = now.plus(Duration.between(leaseNow, leasedUntil));
    return leaseEnd.isAfter(due) ? leaseEnd : due;
  }

  /// One that was never deferred has always been due.
  Front.Due front() {
    return new Front.Due(
        nextDue == null ? Instant.EPOCH : nextDue,
        dueTimes.values().stream().min(Instant::compareTo).orElse(null));
  }

  ChunkRow prolonged(Instant until) {
    return new ChunkRow(
        chunk, open, nextDue, dueTimes, owner, until, fence, reasons, changedAt, version, purse);
  }

  ChunkRow changed(ChunkChange change, Instant leaseNow) {
    ChunkRow saved =
        new ChunkRow(
            copy(change.chunk()),
            open && !change.closed(),
            nextDue,
            dueTimes,
            owner,
            leasedUntil,
            fence,
            added(change.reasons()),
            leaseNow,
            version + 1,
            purse.with(change.money()));
    return switch (change.lease()) {
      case LeaseChange.Keep _ -> saved;
      case LeaseChange.Take take -> saved.leased(take, leaseNow);
      case LeaseChange.Prolong prolong -> saved.prolonged(leaseNow.plus(prolong.time()));
      case LeaseChange.Release release -> saved.released(release);
    };
  }

  private ChunkRow leased(LeaseChange.Take take, Instant leaseNow) {
    return new ChunkRow(
        chunk,
        open,
        nextDue,
        dueTimes,
        take.owner(),
        leaseNow.plus(take.time()),
        fence + 1,
        reasons,
        changedAt,
        version,
        purse);
  }

  private ChunkRow released(LeaseChange.Release release) {
    return new ChunkRow(
        chunk,
        open,
        release.nextDue(),
        Map.copyOf(release.dueTimes()),
        owner,
        null,
        fence,
        reasons,
        changedAt,
        version,
        purse);
  }

  private Map<Reason, Long> added(Map<Reason, Integer> more) {
    Map<Reason, Long> sum = new EnumMap<>(Reason.class);
    sum.putAll(reasons);
    more.forEach((reason, count) -> sum.merge(reason, (long) count, Long::sum));
    return sum;
  }

  /// Its money.
  record Purse(LineNumbers lines, long captured, long refunded) {
    Purse with(ChunkMoney money) {
      return new Purse(lines, money.captured(), money.refunded());
    }

    ChunkMoney money(Bill bill) {
      return new ChunkMoney(lines, Costs.of(bill.lines()), bill.plan(), captured, refunded);
    }
  }
}
