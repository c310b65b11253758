package dev.carillon.application.port;

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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps bulk jobs.
public interface BulkJobRepository {
  /// A number for a job, given to nobody else.
  JobId nextId();

  /// Stores a job under its number. Its chunks and messages are stored in the same transaction,
  /// before or after it.
  void insert(JobId id, NewBulkJob job);

  /// The job with its counters as committed; empty when it does not exist within the scope.
  Optional<BulkJob> find(Scope scope, BulkId bulkId);

  /// The jobs with these numbers, in no order; those that do not exist are left out. Only for the
  /// house's own loops: not bounded by a scope.
  List<BulkJob> findAll(Collection<JobId> ids);

  /// What dispatch needs to know of a job; empty when it does not exist.
  Optional<DispatchJob> dispatchJob(JobId id);

  /// What may change about these jobs while they are dispatched, as committed; those that do not
  /// exist are left out.
  Map<JobId, JobControls> controls(Collection<JobId> ids);

  /// Jobs that may have something for workers (PENDING, PROCESSING, CANCELLING): of each business
  /// and priority the `perBusiness` oldest, at most `limit` in all, those with the highest priority
  /// first; without those named.
  List<JobAtWork> atWork(Collection<JobId> without, int perBusiness, int limit);

  /// A page of the scope's jobs, newest first.
  Page<BulkJob> list(Scope scope, JobFilter filter, PageRequest page);

  /// The job within the scope, its row locked until the transaction ends, so that it stays where it
  /// stands; empty when it does not exist.
  Optional<BulkJob> lock(Scope scope, BulkId bulkId);

  /// Makes the move if the job stands at one of its sources; empty, and nothing changed, if not.
  /// Sets the times that the move implies (start, end, update). Locks the job's row until the
  /// transaction ends; chunk rows must have been locked before.
  Optional<JobId> move(Scope scope, BulkId bulkId, JobTransition transition, Instant now);

  /// The same by number, from inside the settling step.
  ///
  /// @param error why, for a move to FAILED
  boolean move(JobId id, JobTransition transition, @Nullable JobError error, Instant now);

  /// Pauses the job for this reason if it stands where it can be paused; false, and nothing
  /// changed, if not.
  boolean pause(JobId id, PauseReason reason, Instant now);

  /// Notes that a critical error stopped the job, so that what waits in it is swept as FAILED with
  /// SYSTEM_ERROR and it ends FAILED; false when it has ended or was stopped before.
  boolean markBroken(JobId id, Instant now);

  /// Changes name, rate and window of a job that has not ended; false if it has.
  boolean update(
      JobId id, String name, int ratePerSecond, @Nullable SendWindow window, Instant now);

  /// Moves SCHEDULED jobs whose send time has come to PENDING, at most `limit`, and returns them.
  /// Those that skip and whose send time was before `misfired` get `now` as their deadline.
  List<JobId> fallDue(Instant now, Instant misfired, int limit);

  /// Jobs with open chunks whose deadline has passed, at most `limit`, the oldest deadline first.
  List<JobId> overdue(Instant now, int limit);

  /// Jobs that ended before `endedBefore` and have not settled, at most `limit`, the oldest end
  /// first.
  List<JobId> unsettled(Instant endedBefore, int limit);

  /// Running jobs (PENDING, PROCESSING, CANCELLING) of which nothing has changed since `before`,
  /// with the time of their last change and when the first of their open chunks is due or its lease
  /// ends; at most `limit`, the longest first.
  List<QuietJob> quiet(Instant before, int limit);

  /// Adds messages, parts and open chunks to what a job was stored with.
  ///
  /// @param more what these cost, with all lines that the job then has
  void grow(JobId id, int openChunks, long parts, Bill more);

  /// What a job costs, as this transaction sees it.
  Bill bill(JobId id);

  /// How many of a job's messages are marked and have no answer yet, over all its chunks; those
  /// that are resent because they are in doubt are not among them.
  long inFlight(JobId id);

  /// How many attempts of a job's messages ended for which reason, over all its chunks; without
  /// reasons for which none did.
  Map<Reason, Long> reasons(JobId id);

  /// Counts one chunk less as open and tells where the job then stands. Locks the job's row.
  ///
  /// @param money all that is booked of the chunk: the job counts the money of closed chunks
  JobStanding closeChunk(JobId id, Movement money, Instant now);

  /// Counts money that moved in a chunk after it had closed. Locks the job's row.
  void addMoney(JobId id, Movement money);

  /// Locks the job's row and tells where it stands.
  JobStanding lock(JobId id);

  /// The job's counters, summed over its chunks as this transaction sees them.
  Counters counters(JobId id);

  /// Notes that no receipt can move a figure any more; false when it was noted before.
  boolean settle(JobId id, Instant now);

  /// Where a job stands, its row locked.
  ///
  /// @param broken whether a critical error stopped it
  record JobStanding(
      Scope scope, BulkId bulkId, JobStatus status, boolean broken, int openChunks) {}

  /// A running job of which nothing is heard.
  ///
  /// @param due when the first of its open chunks is due, or the lease on it ends; null when it has
  ///   none
  record QuietJob(
      JobId id, BulkId bulkId, JobStatus status, Instant changedAt, @Nullable Instant due) {}
}
