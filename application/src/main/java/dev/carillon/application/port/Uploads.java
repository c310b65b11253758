package dev.carillon.application.port;

import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UploadProgress;
import dev.carillon.domain.job.UploadReport;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Keeps how far the uploads of OPEN jobs have come, and what has been uploaded in them. It may be
/// forgotten when a job is not OPEN any more.
public interface Uploads {
  /// Begins the upload of a job that is stored OPEN, inside the caller's transaction.
  void open(JobId job, Terms terms);

  /// The sequence of the chunk that a job waits for; empty when it is not OPEN, or no upload.
  OptionalInt nextSequence(JobId job);

  /// The upload of a job of the scope; empty when there is none.
  Optional<Upload> find(Scope scope, BulkId bulkId);

  /// The same with the job's row locked until the transaction ends, so that the job stays where it
  /// stands and chunks are taken one after the other.
  Optional<Upload> lock(Scope scope, BulkId bulkId);

  /// Notes the next chunk of a locked upload and how far that has come with it.
  ///
  /// @param fingerprint the hash of its entries
  void add(JobId job, UploadProgress progress, UploadReport report, byte[] fingerprint);

  /// A chunk that came before; empty when it did not.
  Optional<UploadedChunk> chunk(JobId job, int sequence);

  /// Claims keys of a locked upload inside the caller's transaction; those of them that had been
  /// claimed by it before are returned.
  ///
  /// @param keys without repetitions
  Set<UUID> claim(JobId job, Collection<UUID> keys);

  /// Gives a locked job the name and the times that it starts with.
  void prepare(JobId job, String name, DispatchPlan plan);

  /// OPEN jobs that were created before that time, at most `limit`, the oldest first.
  List<JobId> openedBefore(Instant time, int limit);

  /// What the entries of an upload are judged by, beside what its job says, and what can only be
  /// reckoned when it starts.
  ///
  /// @param defaultRegion ISO 3166-1 alpha-2
  /// @param excludedGroup the id of a group whose members are left out; may be empty
  /// @param maxCost nothing is uploaded that makes it cost more; null for any cost
  /// @param expireTime as its owner asked for it; null for the greatest age
  record Terms(
      String defaultRegion,
      DuplicatePolicy duplicates,
      String excludedGroup,
      @Nullable Money maxCost,
      @Nullable Instant expireTime) {}

  /// An upload.
  ///
  /// @param status of its job
  record Upload(JobId id, JobStatus status, UploadProgress progress, Terms terms) {}

  /// A chunk that was uploaded.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record UploadedChunk(UploadReport report, byte[] fingerprint) {}
}
