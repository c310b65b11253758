package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.JobId;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChunkKeyTest {

  @Test
  void isOrderedAsChunkRowsAreLocked() {
    TreeSet<ChunkKey> keys = new TreeSet<>();
    keys.add(key(10, 0));
    keys.add(key(2, 10));
    keys.add(key(2, 9));
    keys.add(key(3_000_000_000L, 0));
    keys.add(key(2, 9));

    assertThat(keys).containsExactly(key(2, 9), key(2, 10), key(10, 0), key(3_000_000_000L, 0));
  }

  private static ChunkKey key(long job, int number) {
    return new ChunkKey(new JobId(job), number);
  }
}
