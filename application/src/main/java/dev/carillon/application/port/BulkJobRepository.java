package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps bulk jobs.
public interface BulkJobRepository {
  /// Stores a job and gives it its number. Its chunks and messages follow in the same transaction.
  JobId insert(NewBulkJob job);

  /// The job with its counters as committed; empty when it does not exist within the scope.
  Optional<BulkJob> find(Scope scope, BulkId bulkId);

  /// The jobs with these numbers, in no order; those that do not exist are left out. Only for the
  /// house's own loops: not bounded by a scope.
  List<BulkJob> findAll(Collection<JobId> ids);

  /// What dispatch needs to know of a job; empty when it does not exist.
  Optional<DispatchJob> dispatchJob(JobId id);

  /// Those of the jobs whose messages may not be handed over (any more).
  Set<JobId> stopped(Collection<JobId> ids);

  /// A page of the scope's jobs, newest first.
  Page<BulkJob> list(Scope scope, JobFilter filter, PageRequest page);

  /// Makes the move if the job stands at one of its sources; empty, and nothing changed, if not.
  /// Sets the times that the move implies (start, end, update). Locks the job's row until the
  /// transaction ends; chunk rows must have been locked before.
  Optional<JobId> move(Scope scope, BulkId bulkId, JobTransition transition, Instant now);

  /// The same by number, from inside the settling step.
  ///
  /// @param error why, for a move to FAILED
  boolean move(JobId id, JobTransition transition, @Nullable JobError error, Instant now);

  /// Counts one chunk less as open and tells where the job then stands. Locks the job's row.
  JobStanding closeChunk(JobId id, Instant now);

  /// Locks the job's row and tells where it stands.
  JobStanding lock(JobId id);

  /// The job's counters, summed over its chunks as this transaction sees them.
  Counters counters(JobId id);

  /// Notes that no receipt can move a figure any more; false when it was noted before.
  boolean settle(JobId id, Instant now);

  /// Where a job stands, its row locked.
  record JobStanding(Scope scope, BulkId bulkId, JobStatus status, int openChunks) {}
}
