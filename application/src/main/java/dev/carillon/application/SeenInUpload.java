package dev.carillon.application;

import dev.carillon.application.port.Uploads;
import dev.carillon.domain.job.JobId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Keys of a job that is uploaded, kept by the store for as long as that takes.
record SeenInUpload(Uploads uploads, JobId job) implements Seen {
  @Override
  public BitSet note(List<Key> keys) {
    BitSet repeated = new BitSet(keys.size());
    List<UUID> all = new ArrayList<>(keys.size());
    Set<UUID> different = HashSet.newHashSet(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      UUID key = new UUID(keys.get(i).high(), keys.get(i).low());
      all.add(key);
      repeated.set(i, !different.add(key));
    }
    Set<UUID> known = uploads.claim(job, different);
    for (int i = 0; !known.isEmpty() && i < all.size(); i++) {
      if (known.contains(all.get(i))) {
        repeated.set(i);
      }
    }
    return repeated;
  }
}
