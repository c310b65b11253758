package dev.carillon.application.port;

import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.billing.LineNumbers;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps chunks: the truth about messages. Every change goes lock, domain, save in one transaction.
public interface ChunkRepository {
  /// Stores a new job's chunks inside the caller's transaction; those that are finished are closed.
  void insertBilled(List<NewChunk> chunks);

  /// The same of chunks in which nothing costs anything.
  default void insert(List<Chunk> chunks) {
    insertBilled(chunks.stream().map(chunk -> new NewChunk(chunk, LineNumbers.NONE)).toList());
  }

  /// Locks the job's open chunk with the lowest number that is due and not leased. Whether it is
  /// due does not matter when what waits in the job is to be swept (it is CANCELLING, broken, or
  /// past its deadline). Passes over what others have locked.
  NextChunk lockNext(JobId job, Instant now);

  /// Locks these chunks in the order of their keys, waiting for those who hold them; those that do
  /// not exist are left out.
  List<LockedChunk> lock(Collection<ChunkKey> keys);

  /// Locks the job's open chunks on which this owner has a living lease.
  List<LockedChunk> lockHeldBy(JobId job, WorkerId owner);

  /// Writes locked chunks back and makes their versions grow.
  void save(List<ChunkChange> changes);

  /// Prolongs those of the leases that are alive and still have this fence, by the store's clock,
  /// and nothing else of the chunks: neither their version nor their other columns change. Passes
  /// over what others have locked.
  ///
  /// @return those that were prolonged
  Set<ChunkKey> prolong(Map<ChunkKey, Lease> leases, Duration time);

  /// Lets the job's open chunks that are not leased be looked at from now on, whenever they were
  /// due: what they waited for may have changed. What single positions wait for stays.
  void makeDue(JobId job, Instant now);

  /// The keys of a job's chunks that have not closed, in order, after the given number (-1 for
  /// all), at most `limit`.
  List<ChunkKey> open(JobId job, int afterNumber, int limit);

  /// Chunks whose lease has lapsed and which no worker comes to, because their job is PAUSED; at
  /// most `limit`.
  List<ChunkKey> lapsed(int limit);

  /// Closed chunks with messages in doubt that have not changed since `before`, whose job has this
  /// policy and has not settled, in order, after the given key (null for all), at most `limit`.
  List<ChunkKey> inDoubt(UnknownPolicy policy, Instant before, @Nullable ChunkKey after, int limit);

  /// Chunks of the job with messages in doubt, in order, after the given number (-1 for all), at
  /// most `limit`.
  List<ChunkKey> inDoubt(JobId job, int afterNumber, int limit);

  /// The chunks of a job with their money as committed, in order, after the given number (-1 for
  /// all), at most `limit`.
  List<BilledChunk> billed(JobId job, int afterNumber, int limit);

  /// A chunk about to be stored.
  ///
  /// @param lines which line of the job's bill each of its messages has
  record NewChunk(Chunk chunk, LineNumbers lines) {}

  /// A chunk as it stands, and its money.
  record BilledChunk(Chunk chunk, ChunkMoney money) {}
}
