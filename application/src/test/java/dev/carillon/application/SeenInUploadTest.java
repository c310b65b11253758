package dev.carillon.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.domain.job.JobId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenInUploadTest {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Test
  void knowsTheSameRepetitionsAsMemoryDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Seen kept = new SeenInUpload(store.uploads(), new JobId(1));
    Seen reference = new SeenInMemory();
    for (int page = 0; page < 50; page++) {
      List<Seen.Key> keys = new ArrayList<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        keys.add(new Seen.Key(random.nextInt(20), random.nextInt(20)));
      }
      BitSet repeated = store.inTransaction(() -> kept.note(keys));
      assertThat(repeated).as("seed %d", seed).isEqualTo(reference.note(keys));
    }
  }

  @Test
  void keepsJobsApart() {
    List<Seen.Key> keys = List.of(new Seen.Key(1, 2));
    store.run(() -> new SeenInUpload(store.uploads(), new JobId(1)).note(keys));

    assertThat(
            store.inTransaction(() -> new SeenInUpload(store.uploads(), new JobId(2)).note(keys)))
        .isEqualTo(new BitSet());
  }
}
