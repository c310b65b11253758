package dev.carillon.domain.message;

import dev.carillon.domain.job.JobId;
import java.util.Comparator;

/// Names a chunk. Its order is the order in which chunk rows are locked.
public record ChunkKey(JobId job, int number) implements Comparable<ChunkKey> {
  private static final Comparator<ChunkKey> LOCK_ORDER =
      Comparator.<ChunkKey>comparingLong(key -> key.job().value())
          .thenComparingInt(ChunkKey::number);

  @Override
  public int compareTo(ChunkKey other) {
    return LOCK_ORDER.compare(this, other);
  }
}
