package dev.carillon.application.memory;

import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.Tally;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Chunks in memory.
public final class InMemoryChunks implements ChunkRepository {
  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final InstantSource leaseClock;
  private final NavigableMap<ChunkKey, Row> rows = new TreeMap<>();

  InMemoryChunks(InMemoryStore store, InMemoryBulkJobs jobs, InstantSource leaseClock) {
    this.store = store;
    this.jobs = jobs;
    this.leaseClock = leaseClock;
  }

  @Override
  public void insert(List<Chunk> chunks) {
    store.inTransaction(() -> {
      for (Chunk chunk : chunks) {
        store.put(rows, chunk.key(), new Row(copy(chunk), !chunk.isFinished(), null, null, 0, 1));
      }
      return true;
    });
  }

  @Override
  public Optional<LockedChunk> lockNext(Instant now) {
    store.requireTransaction();
    return jobs.rows()
        .filter(job -> hasWork(job.life().status()))
        .sorted(
            Comparator.<InMemoryBulkJobs.Row>comparingInt(
                    job -> -job.job().submission().priority().code())
                .thenComparingLong(job -> job.id().value()))
        .flatMap(job -> of(job.id()).values().stream())
        .filter(row -> row.open() && (row.isDue(now) || isCancelling(row)) && !isLeased(row))
        .findFirst()
        .map(this::locked);
  }

  @Override
  public List<LockedChunk> lock(Collection<ChunkKey> keys) {
    store.requireTransaction();
    return new TreeSet<>(keys)
        .stream()
            .flatMap(key -> Optional.ofNullable(rows.get(key)).stream())
            .map(this::locked)
            .toList();
  }

  @Override
  public void save(List<ChunkChange> changes) {
    store.requireTransaction();
    for (ChunkChange change : changes) {
      ChunkKey key = change.chunk().key();
      Row before = Optional.ofNullable(rows.get(key)).orElseThrow();
      store.put(rows, key, before.changed(change, leaseClock.instant()));
    }
  }

  @Override
  public List<ChunkKey> open(JobId job, int afterNumber, int limit) {
    return store.inTransaction(() ->
        of(job).entrySet().stream()
            .filter(entry -> entry.getKey().number() > afterNumber && entry.getValue().open())
            .map(Map.Entry::getKey)
            .limit(limit)
            .toList());
  }

  /// A copy of a chunk as it stands, whoever has locked or leased it.
  public Chunk chunk(ChunkKey key) {
    return store.inTransaction(
        () -> copy(Optional.ofNullable(rows.get(key)).orElseThrow().chunk()));
  }

  /// Copies of all chunks of a job, in order.
  public List<Chunk> all(JobId job) {
    return store.inTransaction(
        () -> of(job).values().stream().map(row -> copy(row.chunk())).toList());
  }

  /// Whether a living lease holds the chunk.
  public boolean isLeased(ChunkKey key) {
    return store.inTransaction(() -> isLeased(Optional.ofNullable(rows.get(key)).orElseThrow()));
  }

  Counters counters(JobId job, boolean started) {
    ByteArrayOutputStream statuses = new ByteArrayOutputStream();
    long retries = 0;
    for (Row row : of(job).values()) {
      statuses.writeBytes(row.chunk().statuses());
      retries += row.chunk().retries();
    }
    return Tally.of(statuses.toByteArray()).counters(started, retries);
  }

  long versions(JobId job) {
    return of(job).values().stream().mapToLong(Row::version).sum();
  }

  Chunk holding(JobId job, int position) {
    return of(job).values().stream()
        .map(Row::chunk)
        .filter(chunk -> chunk.contains(position))
        .findFirst()
        .orElseThrow();
  }

  private NavigableMap<ChunkKey, Row> of(JobId job) {
    return rows.subMap(new ChunkKey(job, 0), true, new ChunkKey(job, Integer.MAX_VALUE), true);
  }

  private LockedChunk locked(Row row) {
    JobStatus status = jobs.row(row.chunk().key().job()).orElseThrow().life().status();
    return new LockedChunk(copy(row.chunk()), status, row.fence(), isLeased(row), row.open());
  }

  private boolean isLeased(Row row) {
    Instant until = row.leasedUntil();
    return until != null && until.isAfter(leaseClock.instant());
  }

  private boolean isCancelling(Row row) {
    return jobs.row(row.chunk().key().job()).orElseThrow().life().status() == JobStatus.CANCELLING;
  }

  private static boolean hasWork(JobStatus status) {
    return status.isRunning() || status == JobStatus.CANCELLING;
  }

  private static Chunk copy(Chunk chunk) {
    return new Chunk(chunk.key(), chunk.first(), chunk.statuses(), chunk.retries());
  }

  private record Row(
      Chunk chunk,
      boolean open,
      @Nullable Instant nextDue,
      @Nullable Instant leasedUntil,
      long fence,
      long version) {

    boolean isDue(Instant now) {
      return nextDue == null || !nextDue.isAfter(now);
    }

    Row changed(ChunkChange change, Instant leaseNow) {
      Chunk stored = copy(change.chunk());
      boolean stays = open && !change.closed();
      return switch (change.lease()) {
        case LeaseChange.Keep _ -> new Row(stored, stays, nextDue, leasedUntil, fence, version + 1);
        case LeaseChange.Take take ->
            new Row(stored, stays, nextDue, leaseNow.plus(take.time()), fence + 1, version + 1);
        case LeaseChange.Prolong prolong ->
            new Row(stored, stays, nextDue, leaseNow.plus(prolong.time()), fence, version + 1);
        case LeaseChange.Release release ->
            new Row(stored, stays, release.nextDue(), null, fence, version + 1);
      };
    }
  }
}
