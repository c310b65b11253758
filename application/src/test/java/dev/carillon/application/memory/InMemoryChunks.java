package dev.carillon.application.memory;

import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.Lease;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.NextChunk;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.Front;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.Tally;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Chunks in memory.
public final class InMemoryChunks implements ChunkRepository {
  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final InMemoryWitness witness;
  private final InstantSource leaseClock;
  private final NavigableMap<ChunkKey, ChunkRow> rows = new TreeMap<>();

  InMemoryChunks(
      InMemoryStore store,
      InMemoryBulkJobs jobs,
      InMemoryWitness witness,
      InstantSource leaseClock) {
    this.store = store;
    this.jobs = jobs;
    this.witness = witness;
    this.leaseClock = leaseClock;
  }

  @Override
  public void insertBilled(List<NewChunk> chunks) {
    store.inTransaction(() -> {
      for (NewChunk made : chunks) {
        store.put(rows, made.chunk().key(), ChunkRow.of(made, leaseClock.instant()));
      }
      return true;
    });
  }

  @Override
  public NextChunk lockNext(JobId job, Instant now) {
    store.requireTransaction();
    Instant leaseNow = leaseClock.instant();
    List<ChunkRow> open = of(job).values().stream().filter(ChunkRow::open).toList();
    if (open.isEmpty()) {
      return new NextChunk.None();
    }
    boolean sweeping = jobs.row(job).orElseThrow().terms().sweep(now).isPresent();
    return open.stream()
        .filter(row -> !row.isLeased(leaseNow) && (sweeping || row.isDue(now)))
        .findFirst()
        .<NextChunk>map(row -> new NextChunk.Ready(locked(row)))
        .orElseGet(() -> new NextChunk.Later(earliest(open, sweeping, now)));
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
  public List<LockedChunk> lockHeldBy(JobId job, WorkerId owner) {
    store.requireTransaction();
    return of(job).values().stream()
        .filter(row -> row.open() && row.isLeased(leaseClock.instant()))
        .filter(row -> owner.equals(row.owner()))
        .map(this::locked)
        .toList();
  }

  @Override
  public void save(List<ChunkChange> changes) {
    store.requireTransaction();
    for (ChunkChange change : changes) {
      ChunkKey key = change.chunk().key();
      store.put(rows, key, row(key).changed(change, leaseClock.instant()));
    }
  }

  @Override
  public Set<ChunkKey> prolong(Map<ChunkKey, Lease> leases, Duration time) {
    return store.inTransaction(() -> {
      Instant leaseNow = leaseClock.instant();
      Set<ChunkKey> prolonged = new TreeSet<>();
      leases.forEach((key, lease) ->
          Optional.ofNullable(rows.get(key))
              .filter(row -> row.isLeased(leaseNow) && row.fence() == lease.fence())
              .ifPresent(row -> {
                store.put(rows, key, row.prolonged(leaseNow.plus(time)));
                prolonged.add(key);
              }));
      return prolonged;
    });
  }

  @Override
  public List<ChunkKey> open(JobId job, int afterNumber, int limit) {
    return keys(of(job).values().stream().filter(ChunkRow::open), afterNumber, limit);
  }

  @Override
  public void makeDue(JobId job, Instant now) {
    store.run(() ->
        List.copyOf(of(job).values()).stream()
            .filter(row -> row.open() && !row.isLeased(leaseClock.instant()) && !row.isDue(now))
            .forEach(row -> store.put(rows, row.chunk().key(), row.due(now))));
  }

  @Override
  public List<ChunkKey> lapsed(int limit) {
    return store.inTransaction(() ->
        rows.values().stream()
            .filter(row -> row.open() && row.leasedUntil() != null)
            .filter(row -> !row.isLeased(leaseClock.instant()))
            .filter(row -> jobOf(row).life().status() == JobStatus.PAUSED)
            .map(row -> row.chunk().key())
            .limit(limit)
            .toList());
  }

  @Override
  public List<ChunkKey> inDoubt(
      UnknownPolicy policy, Instant before, @Nullable ChunkKey after, int limit) {
    return store.inTransaction(() ->
        rows.values().stream()
            .filter(row -> after == null || row.chunk().key().compareTo(after) > 0)
            .filter(row -> !row.open() && row.isInDoubt() && row.changedAt().isBefore(before))
            .filter(row -> jobOf(row).plan().unknown() == policy)
            .filter(row -> jobOf(row).life().settledAt() == null)
            .map(row -> row.chunk().key())
            .limit(limit)
            .toList());
  }

  @Override
  public List<ChunkKey> inDoubt(JobId job, int afterNumber, int limit) {
    return keys(of(job).values().stream().filter(ChunkRow::isInDoubt), afterNumber, limit);
  }

  @Override
  public List<BilledChunk> billed(JobId job, int afterNumber, int limit) {
    return store.inTransaction(() ->
        of(job).values().stream()
            .filter(row -> row.chunk().key().number() > afterNumber)
            .limit(limit)
            .map(row -> new BilledChunk(ChunkRow.copy(row.chunk()), money(row)))
            .toList());
  }

  /// A copy of a chunk as it stands, whoever has locked or leased it.
  public Chunk chunk(ChunkKey key) {
    return store.inTransaction(() -> ChunkRow.copy(row(key).chunk()));
  }

  /// Copies of all chunks of a job, in order.
  public List<Chunk> all(JobId job) {
    return store.inTransaction(
        () -> of(job).values().stream().map(row -> ChunkRow.copy(row.chunk())).toList());
  }

  /// Whether a living lease holds the chunk.
  public boolean isLeased(ChunkKey key) {
    return store.inTransaction(() -> row(key).isLeased(leaseClock.instant()));
  }

  ChunkMoney money(ChunkRow row) {
    return row.purse().money(jobOf(row).bill());
  }

  Movement money(JobId job, boolean open) {
    Movement sum = Movement.NONE;
    for (ChunkRow row : of(job).values()) {
      if (open || !row.open()) {
        sum =
            new Movement(
                sum.captured() + row.purse().captured(), sum.refunded() + row.purse().refunded());
      }
    }
    return sum;
  }

  Counters counters(JobId job, boolean started) {
    ByteArrayOutputStream statuses = new ByteArrayOutputStream();
    long retries = 0;
    for (ChunkRow row : of(job).values()) {
      statuses.writeBytes(row.chunk().statuses());
      retries += row.chunk().retries();
    }
    return Tally.of(statuses.toByteArray()).counters(started, retries);
  }

  long versions(JobId job) {
    return of(job).values().stream().mapToLong(ChunkRow::version).sum();
  }

  Map<Reason, Long> reasons(JobId job) {
    Map<Reason, Long> sum = new EnumMap<>(Reason.class);
    for (ChunkRow row : of(job).values()) {
      row.reasons().forEach((reason, count) -> sum.merge(reason, Math.max(0, count), Long::sum));
    }
    sum.values().removeIf(count -> count == 0);
    return sum;
  }

  long inFlight(JobId job) {
    return of(job).values().stream()
        .mapToLong(row -> row.chunk().tally().count(MessageState.IN_FLIGHT))
        .sum();
  }

  Instant lastChange(JobId job, Instant ofJob) {
    return Stream.concat(Stream.of(ofJob), of(job).values().stream().map(ChunkRow::changedAt))
        .max(Instant::compareTo)
        .orElseThrow();
  }

  @Nullable Instant firstDue(JobId job) {
    Instant leaseNow = leaseClock.instant();
    Optional<Instant> first =
        of(job).values().stream()
            .filter(ChunkRow::open)
            .map(row -> row.notBefore(false, leaseNow, leaseNow))
            .min(Instant::compareTo);
    return first.isPresent() ? first.get() : null;
  }

  Front front(JobId job) {
    Instant leaseNow = leaseClock.instant();
    List<ChunkRow> open = of(job).values().stream().filter(ChunkRow::open).toList();
    return open.stream().anyMatch(row -> row.isLeased(leaseNow))
        ? new Front.Moving()
        : open.stream()
            .map(ChunkRow::front)
            .min(Comparator.comparing(Front.Due::at))
            .<Front>map(due -> due)
            .orElseGet(Front.Moving::new);
  }

  Chunk holding(JobId job, int position) {
    return of(job).values().stream()
        .map(ChunkRow::chunk)
        .filter(chunk -> chunk.contains(position))
        .findFirst()
        .orElseThrow();
  }

  NavigableMap<ChunkKey, ChunkRow> of(JobId job) {
    return rows.subMap(new ChunkKey(job, 0), true, new ChunkKey(job, Integer.MAX_VALUE), true);
  }

  private List<ChunkKey> keys(Stream<ChunkRow> some, int afterNumber, int limit) {
    return store.inTransaction(() ->
        some.map(row -> row.chunk().key())
            .filter(key -> key.number() > afterNumber)
            .limit(limit)
            .toList());
  }

  private Instant earliest(List<ChunkRow> open, boolean sweeping, Instant now) {
    Instant leaseNow = leaseClock.instant();
    return open.stream()
        .map(row -> row.notBefore(sweeping, now, leaseNow))
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private LockedChunk locked(ChunkRow row) {
    return new LockedChunk(
        ChunkRow.copy(row.chunk()),
        jobOf(row).terms(),
        new CarrierId(jobOf(row).submission().provider()),
        row.fence(),
        row.isLeased(leaseClock.instant()),
        row.open(),
        row.dueTimes(),
        witness.read().on() && !store.businesses().contains(jobOf(row).job().scope().business()),
        money(row));
  }

  private ChunkRow row(ChunkKey key) {
    return Optional.ofNullable(rows.get(key)).orElseThrow();
  }

  private JobRow jobOf(ChunkRow row) {
    return jobs.row(row.chunk().key().job()).orElseThrow();
  }
}
