package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
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

  /// One message; empty when it does not exist within the scope.
  Optional<Message> find(Scope scope, MessageId id);

  /// A page of a job's messages by position; empty when the job does not exist within the scope.
  Optional<Page<Message>> list(Scope scope, BulkId bulkId, MessageFilter filter, PageRequest page);
}
