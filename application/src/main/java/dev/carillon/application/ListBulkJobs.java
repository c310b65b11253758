package dev.carillon.application;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.job.BulkJob;

/// Lists the jobs of the caller's business and environment, newest first.
public final class ListBulkJobs {
  private final BulkJobRepository jobs;

  public ListBulkJobs(BulkJobRepository jobs) {
    this.jobs = jobs;
  }

  public Page<BulkJob> handle(Query query) {
    return jobs.list(query.caller().scope(), query.filter(), query.page());
  }

  /// Which jobs, and which part of them.
  public record Query(Caller caller, JobFilter filter, PageRequest page) {}
}
