package dev.carillon.application.memory;

import dev.carillon.application.port.JobFronts;
import dev.carillon.domain.job.Front;
import dev.carillon.domain.job.JobId;

/// How far jobs in memory are.
public final class InMemoryJobFronts implements JobFronts {
  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final InMemoryChunks chunks;
  private final InMemoryWitness witness;

  InMemoryJobFronts(
      InMemoryStore store, InMemoryBulkJobs jobs, InMemoryChunks chunks, InMemoryWitness witness) {
    this.store = store;
    this.jobs = jobs;
    this.chunks = chunks;
    this.witness = witness;
  }

  @Override
  public Front of(JobId job) {
    return store.inTransaction(() ->
        jobs.row(job).filter(row -> !row.broken()).map(this::front).orElseGet(Front.Moving::new));
  }

  private Front front(JobRow row) {
    if (store.businesses().contains(row.job().scope().business())) {
      return new Front.BusinessStopped();
    }
    return witness.read().on() ? chunks.front(row.id()) : new Front.DispatchOff();
  }
}
