package dev.carillon.application.memory;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.JobControls;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.SendWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Jobs in memory.
public final class InMemoryBulkJobs implements BulkJobRepository {
  private final InMemoryStore store;
  private final InMemoryWitness witness;
  private final Map<Long, JobRow> rows = new TreeMap<>(Comparator.reverseOrder());
  private final Map<BulkId, Long> numbers = new HashMap<>();
  private @Nullable InMemoryChunks chunks;
  private long last;

  InMemoryBulkJobs(InMemoryStore store, InMemoryWitness witness) {
    this.store = store;
    this.witness = witness;
  }

  void readChunksFrom(InMemoryChunks table) {
    chunks = table;
  }

  @Override
  public JobId nextId() {
    return store.inTransaction(() -> new JobId(++last));
  }

  @Override
  public void insert(JobId id, NewBulkJob job) {
    store.inTransaction(() -> {
      put(JobRow.of(id, job));
      store.put(numbers, job.bulkId(), id.value());
      return id;
    });
  }

  @Override
  public Optional<BulkJob> find(Scope scope, BulkId bulkId) {
    return store.inTransaction(() -> row(scope, bulkId).map(this::shown));
  }

  @Override
  public List<BulkJob> findAll(Collection<JobId> ids) {
    return store.inTransaction(
        () -> ids.stream().distinct().flatMap(id -> row(id).stream()).map(this::shown).toList());
  }

  @Override
  public Optional<DispatchJob> dispatchJob(JobId id) {
    return store.inTransaction(() -> row(id).map(JobRow::dispatchJob));
  }

  @Override
  public Map<JobId, JobControls> controls(Collection<JobId> ids) {
    boolean on = witness.read().on();
    return store.inTransaction(() ->
        ids.stream()
            .distinct()
            .flatMap(id -> row(id).stream())
            .collect(
                Collectors.toUnmodifiableMap(
                    JobRow::id, row -> row.controls(on && !isStopped(row)))));
  }

  @Override
  public List<JobAtWork> atWork(Collection<JobId> without, int perBusiness, int limit) {
    return store.inTransaction(() ->
        oldestFirst()
            .filter(row -> row.isAtWork() && !without.contains(row.id()))
            .filter(row -> row.atWork().sweeping() || !isStopped(row))
            .map(JobRow::atWork)
            .collect(Collectors.groupingBy(job -> List.of(job.business(), job.priority())))
            .values()
            .stream()
            .flatMap(jobs -> jobs.stream().limit(perBusiness))
            .sorted(
                Comparator.comparing(JobAtWork::priority)
                    .reversed()
                    .thenComparingLong(job -> job.id().value()))
            .limit(limit)
            .toList());
  }

  private boolean isStopped(JobRow row) {
    return store.businesses().contains(row.job().scope().business());
  }

  @Override
  public Page<BulkJob> list(Scope scope, JobFilter filter, PageRequest page) {
    return store.inTransaction(() -> {
      List<JobRow> fitting =
          rows.values().stream()
              .filter(row -> row.job().scope().equals(scope) && row.fits(filter))
              .toList();
      List<JobRow> rest =
          fitting.stream()
              .filter(row -> page.after().isEmpty() || row.id().value() < page.after().getAsLong())
              .skip(page.skip())
              .toList();
      List<JobRow> shown = rest.stream().limit(page.size()).toList();
      OptionalLong next =
          rest.size() > shown.size()
              ? OptionalLong.of(shown.getLast().id().value())
              : OptionalLong.empty();
      return new Page<>(shown.stream().map(this::shown).toList(), next, fitting.size());
    });
  }

  @Override
  public Optional<BulkJob> lock(Scope scope, BulkId bulkId) {
    store.requireTransaction();
    return row(scope, bulkId).map(this::shown);
  }

  @Override
  public Optional<JobId> move(Scope scope, BulkId bulkId, JobTransition transition, Instant now) {
    return store.inTransaction(() ->
        row(scope, bulkId).filter(row -> move(row.id(), transition, null, now)).map(JobRow::id));
  }

  @Override
  public boolean move(JobId id, JobTransition transition, @Nullable JobError error, Instant now) {
    return change(
        id,
        row -> transition.allows(row.life().status()),
        row -> row.moved(transition, error, now));
  }

  @Override
  public boolean pause(JobId id, PauseReason reason, Instant now) {
    return change(
        id, row -> JobTransition.PAUSE.allows(row.life().status()), row -> row.paused(reason, now));
  }

  @Override
  public boolean markBroken(JobId id, Instant now) {
    return change(
        id, row -> !row.broken() && !row.life().status().isEnd(), row -> row.brokenAt(now));
  }

  @Override
  public boolean update(
      JobId id, String name, int ratePerSecond, @Nullable SendWindow window, Instant now) {
    return change(
        id,
        row -> !row.life().status().isEnd(),
        row -> row.updated(name, ratePerSecond, window, now));
  }

  @Override
  public List<JobId> fallDue(Instant now, Instant misfired, int limit) {
    return store.inTransaction(() -> {
      List<JobRow> due = oldestFirst().filter(row -> row.isDue(now)).limit(limit).toList();
      for (JobRow row : due) {
        JobRow moved = row.moved(JobTransition.FALL_DUE, null, now);
        put(row.isSkippedAt(misfired) ? moved.expiringAt(now) : moved);
      }
      return due.stream().map(JobRow::id).toList();
    });
  }

  @Override
  public List<JobId> overdue(Instant now, int limit) {
    return oldest(
        row ->
            row.openChunks() > 0
                && JobTransition.END_FAILED.allows(row.life().status())
                && !row.plan().deadline().isAfter(now),
        row -> row.plan().deadline(),
        limit);
  }

  @Override
  public List<JobId> unsettled(Instant endedBefore, int limit) {
    return oldest(
        row ->
            row.life().settledAt() == null
                && Optional.ofNullable(row.life().endedAt())
                    .filter(ended -> ended.isBefore(endedBefore))
                    .isPresent(),
        row -> Objects.requireNonNull(row.life().endedAt()),
        limit);
  }

  @Override
  public List<QuietJob> quiet(Instant before, int limit) {
    return store.inTransaction(() ->
        oldestFirst()
            .filter(JobRow::isAtWork)
            .filter(row -> row.atWork().sweeping() || !isStopped(row))
            .map(row ->
                new QuietJob(
                    row.id(),
                    row.job().bulkId(),
                    row.life().status(),
                    chunks().lastChange(row.id(), row.life().updatedAt()),
                    chunks().firstDue(row.id())))
            .filter(job -> job.changedAt().isBefore(before))
            .sorted(Comparator.comparing(QuietJob::changedAt))
            .limit(limit)
            .toList());
  }

  @Override
  public void grow(JobId id, int openChunks, long parts, Bill more) {
    change(id, _ -> true, row -> row.grown(openChunks, parts, more));
  }

  @Override
  public Bill bill(JobId id) {
    return store.inTransaction(() -> row(id).map(JobRow::bill).orElseThrow());
  }

  @Override
  public long inFlight(JobId id) {
    return store.inTransaction(() -> chunks().inFlight(id));
  }

  @Override
  public Map<Reason, Long> reasons(JobId id) {
    return store.inTransaction(() -> chunks().reasons(id));
  }

  @Override
  public JobStanding closeChunk(JobId id, Movement money, Instant now) {
    store.requireTransaction();
    JobRow row = row(id).orElseThrow();
    if (row.openChunks() == 0) {
      throw new IllegalStateException("no chunk of the job is open");
    }
    put(row.withOneChunkLess(money, now));
    return lock(id);
  }

  @Override
  public void addMoney(JobId id, Movement money) {
    store.requireTransaction();
    put(row(id).orElseThrow().withMoney(money));
  }

  @Override
  public JobStanding lock(JobId id) {
    store.requireTransaction();
    return row(id).orElseThrow().standing();
  }

  @Override
  public Counters counters(JobId id) {
    return store.inTransaction(
        () -> row(id).map(row -> chunks().counters(id, row.hasStarted())).orElseThrow());
  }

  @Override
  public boolean settle(JobId id, Instant now) {
    return change(id, row -> row.life().settledAt() == null, row -> row.settled(now));
  }

  List<JobId> openedBefore(Instant time, int limit) {
    return oldest(
        row -> row.life().status() == JobStatus.OPEN && row.life().createdAt().isBefore(time),
        row -> row.life().createdAt(),
        limit);
  }

  /// All jobs, newest first, whoever they belong to.
  public List<BulkJob> all() {
    return store.inTransaction(() -> rows.values().stream().map(this::shown).toList());
  }

  Optional<JobRow> row(JobId id) {
    return Optional.ofNullable(rows.get(id.value()));
  }

  Optional<JobRow> row(BulkId bulkId) {
    return Optional.ofNullable(numbers.get(bulkId)).flatMap(number -> row(new JobId(number)));
  }

  Optional<JobRow> row(Scope scope, BulkId bulkId) {
    return row(bulkId).filter(row -> row.job().scope().equals(scope));
  }

  BulkJob shown(JobRow row) {
    return new BulkJob(
        row.id(),
        row.job().bulkId(),
        row.job().scope(),
        row.submission(),
        row.life(),
        chunks().counters(row.id(), row.hasStarted()),
        row.billing(chunks().money(row.id(), true)),
        row.version() + chunks().versions(row.id()));
  }

  Stream<JobRow> newestFirst() {
    return rows.values().stream();
  }

  private Stream<JobRow> oldestFirst() {
    return new ArrayList<>(rows.values()).reversed().stream();
  }

  private List<JobId> oldest(Predicate<JobRow> which, Function<JobRow, Instant> by, int limit) {
    return store.inTransaction(() ->
        oldestFirst()
            .filter(which)
            .sorted(Comparator.comparing(by))
            .limit(limit)
            .map(JobRow::id)
            .toList());
  }

  private boolean change(JobId id, Predicate<JobRow> allowed, UnaryOperator<JobRow> change) {
    return store.inTransaction(() -> {
      Optional<JobRow> row = row(id).filter(allowed);
      row.map(change).ifPresent(this::put);
      return row.isPresent();
    });
  }

  void put(JobRow row) {
    store.put(rows, row.id().value(), row);
  }

  private InMemoryChunks chunks() {
    return Objects.requireNonNull(chunks);
  }
}
