package dev.carillon.application.port;

import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Keeps chunks: the truth about messages. Every change goes lock, domain, save in one transaction.
public interface ChunkRepository {
  /// Stores a new job's chunks inside the caller's transaction; those that are finished are closed.
  void insert(List<Chunk> chunks);

  /// Locks the next chunk that has work, is due and is not leased: by priority, then oldest job,
  /// then lowest number; chunks of a job being cancelled count as having work. Passes over what
  /// others have locked. Empty when there is none.
  Optional<LockedChunk> lockNext(Instant now);

  /// Locks these chunks in the order of their keys, waiting for those who hold them; those that do
  /// not exist are left out.
  List<LockedChunk> lock(Collection<ChunkKey> keys);

  /// Writes locked chunks back and makes their versions grow.
  void save(List<ChunkChange> changes);

  /// The keys of a job's chunks that have not closed, in order, after the given number (-1 for
  /// all), at most `limit`.
  List<ChunkKey> open(JobId job, int afterNumber, int limit);
}
