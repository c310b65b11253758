package dev.carillon.application.settling;

import dev.carillon.application.port.LockedChunk;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The settling step for those who are to be forgotten: single messages, wherever their jobs stand.
/// The same locks, the same domain, the same write.
public final class Forgetting {
  private final Settling.Store store;
  private final ChunkWriter writer;
  private final InstantSource clock;

  public Forgetting(Settling.Store store, JobLife life, InstantSource clock) {
    this.store = store;
    this.writer = new ChunkWriter(store.chunks(), life, store.ledger());
    this.clock = clock;
  }

  /// Lets go of these messages, so that nobody hands them over any more, inside the caller's
  /// transaction. Their chunks stay locked until it ends.
  public Released release(Collection<MessageRef> messages) {
    Map<ChunkKey, List<MessageRef>> byChunk =
        messages.stream()
            .collect(
                Collectors.groupingBy(MessageRef::chunkKey, TreeMap::new, Collectors.toList()));
    List<MessageRef> atRest = new ArrayList<>(messages.size());
    Set<MessageRef> cancelled = new HashSet<>();
    List<LockedChunk> changed = new ArrayList<>();
    for (LockedChunk locked : store.chunks().lock(byChunk.keySet())) {
      byte[] before = locked.chunk().statuses();
      for (MessageRef message : byChunk.getOrDefault(locked.chunk().key(), List.of())) {
        release(locked, message, atRest, cancelled);
      }
      if (!Arrays.equals(before, locked.chunk().statuses())) {
        changed.add(locked);
      }
    }
    writer.saveAll(changed, Causes.NONE, clock.instant());
    return new Released(
        atRest,
        cancelled,
        changed.stream().map(locked -> locked.chunk().key().job()).collect(Collectors.toSet()));
  }

  private static void release(
      LockedChunk locked, MessageRef message, List<MessageRef> atRest, Set<MessageRef> cancelled) {
    Chunk chunk = locked.chunk();
    boolean waits = chunk.state(message.position()) == MessageState.QUEUED;
    if (chunk.letGo(message.position(), locked.open())) {
      atRest.add(message);
    }
    if (waits && chunk.state(message.position()) == MessageState.CANCELLED_DELETED) {
      cancelled.add(message);
    }
  }

  /// What came of letting messages go.
  ///
  /// @param atRest those that nobody hands over any more; the others are at a carrier, and their
  ///   answers come first
  /// @param cancelled those of them that had been waiting
  /// @param changed jobs of which a message moved
  public record Released(List<MessageRef> atRest, Set<MessageRef> cancelled, Set<JobId> changed) {}
}
