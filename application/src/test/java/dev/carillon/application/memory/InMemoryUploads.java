package dev.carillon.application.memory;

import dev.carillon.application.port.Uploads;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UploadProgress;
import dev.carillon.domain.job.UploadReport;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/// Uploads in memory.
public final class InMemoryUploads implements Uploads {
  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final Map<JobId, Row> rows = new HashMap<>();
  private final Map<Place, UploadedChunk> chunks = new HashMap<>();
  private final Map<Claim, Boolean> claims = new HashMap<>();

  InMemoryUploads(InMemoryStore store, InMemoryBulkJobs jobs) {
    this.store = store;
    this.jobs = jobs;
  }

  @Override
  public void open(JobId job, Terms terms) {
    store.requireTransaction();
    store.put(rows, job, new Row(UploadProgress.NONE, terms));
  }

  @Override
  public OptionalInt nextSequence(JobId job) {
    return store.inTransaction(() ->
        rows.containsKey(job) && status(job) == JobStatus.OPEN
            ? OptionalInt.of(row(job).progress().nextSequence())
            : OptionalInt.empty());
  }

  @Override
  public Optional<Upload> find(Scope scope, BulkId bulkId) {
    return store.inTransaction(() -> lock(scope, bulkId));
  }

  @Override
  public Optional<Upload> lock(Scope scope, BulkId bulkId) {
    store.requireTransaction();
    return jobs.row(scope, bulkId)
        .map(JobRow::id)
        .filter(rows::containsKey)
        .map(job -> new Upload(job, status(job), row(job).progress(), row(job).terms()));
  }

  @Override
  public void add(JobId job, UploadProgress progress, UploadReport report, byte[] fingerprint) {
    store.requireTransaction();
    Place place = new Place(job, report.sequence());
    if (chunks.containsKey(place)) {
      throw new IllegalStateException("a sequence is noted once");
    }
    store.put(chunks, place, new UploadedChunk(report, fingerprint.clone()));
    store.put(rows, job, new Row(progress, row(job).terms()));
  }

  @Override
  public Optional<UploadedChunk> chunk(JobId job, int sequence) {
    return store.inTransaction(() -> Optional.ofNullable(chunks.get(new Place(job, sequence))));
  }

  @Override
  public Set<UUID> claim(JobId job, Collection<UUID> keys) {
    store.requireTransaction();
    Set<UUID> known = new HashSet<>();
    for (UUID key : keys) {
      Claim claim = new Claim(job, key);
      if (claims.containsKey(claim)) {
        known.add(key);
      } else {
        store.put(claims, claim, true);
      }
    }
    return known;
  }

  @Override
  public void prepare(JobId job, String name, DispatchPlan plan) {
    store.requireTransaction();
    jobs.put(jobs.row(job).orElseThrow().planned(name, plan));
  }

  @Override
  public List<JobId> openedBefore(Instant time, int limit) {
    return jobs.openedBefore(time, limit);
  }

  /// How many keys are kept.
  public int claims() {
    return store.inTransaction(claims::size);
  }

  /// Forgets a page of what the first upload needed that is over.
  public int forget(int limit) {
    return store.inTransaction(() -> {
      Optional<JobId> over =
          rows.keySet().stream().filter(job -> status(job) != JobStatus.OPEN).findFirst();
      return over.map(job -> forget(job, limit)).orElse(0);
    });
  }

  private int forget(JobId job, int limit) {
    List<Claim> page =
        claims.keySet().stream()
            .filter(claim -> claim.job().equals(job))
            .sorted()
            .limit(limit)
            .toList();
    page.forEach(claims::remove);
    if (page.size() == limit) {
      return limit;
    }
    rows.remove(job);
    chunks.keySet().removeIf(place -> place.job().equals(job));
    return page.size() + 1;
  }

  private JobStatus status(JobId job) {
    return jobs.row(job).orElseThrow().life().status();
  }

  private Row row(JobId job) {
    return Optional.ofNullable(rows.get(job)).orElseThrow();
  }

  private record Row(UploadProgress progress, Terms terms) {}

  private record Place(JobId job, int sequence) {}

  private record Claim(JobId job, UUID key) implements Comparable<Claim> {
    @Override
    public int compareTo(Claim other) {
      return key.compareTo(other.key);
    }
  }
}
