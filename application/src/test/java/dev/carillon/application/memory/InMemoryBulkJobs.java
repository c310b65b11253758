package dev.carillon.application.memory;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Jobs in memory.
public final class InMemoryBulkJobs implements BulkJobRepository {
  private final InMemoryStore store;
  private final Map<Long, Row> rows = new TreeMap<>(Comparator.reverseOrder());
  private final Map<BulkId, Long> numbers = new HashMap<>();
  private @Nullable InMemoryChunks chunks;
  private long last;

  InMemoryBulkJobs(InMemoryStore store) {
    this.store = store;
  }

  void readChunksFrom(InMemoryChunks table) {
    chunks = table;
  }

  @Override
  public JobId insert(NewBulkJob job) {
    return store.inTransaction(() -> {
      JobId id = new JobId(++last);
      BulkJob.Life life =
          new BulkJob.Life(job.status(), null, job.createdAt(), null, null, job.createdAt(), null);
      store.put(rows, id.value(), new Row(id, job, life, job.openChunks(), 1));
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
    return store.inTransaction(() -> row(id).map(Row::dispatchJob));
  }

  @Override
  public Set<JobId> stopped(Collection<JobId> ids) {
    return store.inTransaction(() ->
        ids.stream()
            .filter(id -> row(id).filter(row -> row.life().status().isRunning()).isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Page<BulkJob> list(Scope scope, JobFilter filter, PageRequest page) {
    return store.inTransaction(() -> {
      List<Row> fitting =
          rows.values().stream()
              .filter(row -> row.job().scope().equals(scope) && row.fits(filter))
              .toList();
      List<Row> rest =
          fitting.stream()
              .filter(row -> page.after().isEmpty() || row.id().value() < page.after().getAsLong())
              .skip(page.skip())
              .toList();
      List<Row> shown = rest.stream().limit(page.size()).toList();
      OptionalLong next =
          rest.size() > shown.size()
              ? OptionalLong.of(shown.getLast().id().value())
              : OptionalLong.empty();
      return new Page<>(shown.stream().map(this::shown).toList(), next, fitting.size());
    });
  }

  @Override
  public Optional<JobId> move(Scope scope, BulkId bulkId, JobTransition transition, Instant now) {
    return store.inTransaction(
        () -> row(scope, bulkId).filter(row -> move(row.id(), transition, null, now)).map(Row::id));
  }

  @Override
  public boolean move(JobId id, JobTransition transition, @Nullable JobError error, Instant now) {
    return store.inTransaction(() -> {
      Optional<Row> row = row(id).filter(found -> transition.allows(found.life().status()));
      row.ifPresent(found -> put(found.moved(transition, error, now)));
      return row.isPresent();
    });
  }

  @Override
  public JobStanding closeChunk(JobId id, Instant now) {
    store.requireTransaction();
    Row row = row(id).orElseThrow();
    if (row.openChunks() == 0) {
      throw new IllegalStateException("no chunk of the job is open");
    }
    put(row.withOneChunkLess(now));
    return lock(id);
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
    return store.inTransaction(() -> {
      Optional<Row> row = row(id).filter(found -> found.life().settledAt() == null);
      row.ifPresent(found -> put(found.settled(now)));
      return row.isPresent();
    });
  }

  /// All jobs, newest first, whoever they belong to.
  public List<BulkJob> all() {
    return store.inTransaction(() -> rows.values().stream().map(this::shown).toList());
  }

  Optional<Row> row(JobId id) {
    return Optional.ofNullable(rows.get(id.value()));
  }

  Optional<Row> row(Scope scope, BulkId bulkId) {
    return Optional.ofNullable(numbers.get(bulkId))
        .flatMap(number -> row(new JobId(number)))
        .filter(row -> row.job().scope().equals(scope));
  }

  Stream<Row> rows() {
    return rows.values().stream();
  }

  private void put(Row row) {
    store.put(rows, row.id().value(), row);
  }

  private InMemoryChunks chunks() {
    return Objects.requireNonNull(chunks);
  }

  private BulkJob shown(Row row) {
    return new BulkJob(
        row.id(),
        row.job().bulkId(),
        row.job().scope(),
        row.job().submission(),
        row.life(),
        chunks().counters(row.id(), row.hasStarted()),
        row.job().billing(),
        row.version() + chunks().versions(row.id()));
  }

  record Row(JobId id, NewBulkJob job, BulkJob.Life life, int openChunks, long version) {
    boolean hasStarted() {
      return life.status().hasStarted();
    }

    JobStanding standing() {
      return new JobStanding(job.scope(), job.bulkId(), life.status(), openChunks);
    }

    DispatchJob dispatchJob() {
      return new DispatchJob(
          job.scope(), job.content(), new CarrierId(job.submission().provider()));
    }

    boolean fits(JobFilter filter) {
      return (filter.statuses().isEmpty() || filter.statuses().contains(life.status()))
          && (filter.errors().isEmpty()
              || life.error() == null
              || filter.errors().contains(life.error()))
          && (filter.channel() == null || filter.channel() == job.submission().channel())
          && job.submission().labels().entrySet().containsAll(filter.labels().entrySet());
    }

    Row moved(JobTransition transition, @Nullable JobError error, Instant now) {
      JobStatus target = transition.target();
      boolean starts = target == JobStatus.PROCESSING && life.startedAt() == null;
      boolean ends = target.isEnd() && !transition.isCorrection();
      return with(
          new BulkJob.Life(
              target,
              error,
              life.createdAt(),
              starts ? now : life.startedAt(),
              ends ? now : life.endedAt(),
              now,
              life.settledAt()),
          openChunks);
    }

    Row withOneChunkLess(Instant now) {
      return with(
          new BulkJob.Life(
              life.status(),
              life.error(),
              life.createdAt(),
              life.startedAt(),
              life.endedAt(),
              now,
              life.settledAt()),
          openChunks - 1);
    }

    Row settled(Instant now) {
      return with(
          new BulkJob.Life(
              life.status(),
              life.error(),
              life.createdAt(),
              life.startedAt(),
              life.endedAt(),
              now,
              now),
          openChunks);
    }

    private Row with(BulkJob.Life newLife, int open) {
      return new Row(id, job, newLife, open, version + 1);
    }
  }
}
