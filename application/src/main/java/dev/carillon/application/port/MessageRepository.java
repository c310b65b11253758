package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import java.util.List;
import java.util.Optional;

/// Keeps messages. Their rows are written once; their statuses live in their chunks.
public interface MessageRepository {
  /// Appends messages of a job at the positions from `first` on, inside the caller's transaction.
  void append(JobId job, int first, List<PreparedMessage> messages);

  /// The accepted messages of a chunk, by position.
  List<StoredMessage> load(ChunkKey chunk, int first, int size);

  /// The first entries of a job that were left out, by position, at most `limit`.
  List<RejectedEntry> rejected(JobId job, int limit);

  /// The first entries that were left out of the `size` messages of a job from the position `first`
  /// on, by position, at most `limit`.
  List<RejectedEntry> rejectedWithin(JobId job, int first, int size, int limit);

  /// One message; empty when it does not exist within the scope.
  Optional<Message> find(Scope scope, MessageId id);

  /// A page of a job's messages by position; empty when the job does not exist within the scope.
  Optional<Page<Message>> list(Scope scope, BulkId bulkId, MessageFilter filter, PageRequest page);

  /// Messages of a job by position, after the given one (-1 for all), at most `limit`, as they
  /// stand now; empty when the job does not exist within the scope.
  Optional<List<Message>> after(Scope scope, BulkId bulkId, int position, int limit);

  /// A page of the messages of all jobs of the scope that fit, those of the newest jobs first, and
  /// by position within a job.
  Page<Message> search(Scope scope, MessageSearch search, PageRequest page);

  /// Messages of a job that a retry with this selection takes, by position, after the given one (-1
  /// for all), at most `limit`. Those that another retry of the job has taken, and those that are
  /// erased, are left out.
  List<Retryable> retryable(JobId job, RetrySelection selection, int afterPosition, int limit);

  /// Copies the messages at these positions of `parent`, with all that was prepared of them, to the
  /// positions of `job` from `first` on, inside the caller's transaction.
  void copy(JobId parent, List<Integer> positions, JobId job, int first);

  /// A message that a retry takes.
  ///
  /// @param line of the job's bill; -1 where it costs nothing
  record Retryable(int position, int parts, int line) {}
}
