package dev.carillon.application.dispatch;

import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.application.settling.FirstMarks;
import dev.carillon.application.settling.Marks;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.MessageState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The first look at a chunk, inside the transaction that leases it: what of it has to wait, and
/// what may be marked.
final class FirstLook implements FirstMarks {
  private final Lanes lanes;
  private final MakeWaiting make;
  private @Nullable Waiting waiting;

  FirstLook(Lanes lanes, MakeWaiting make) {
    this.lanes = lanes;
    this.make = make;
  }

  @Override
  public Marks of(LockedChunk chunk, List<StoredMessage> messages, List<Integer> rescued) {
    lanes.find(chunk.chunk(), messages);
    Waiting made = make.of(chunk.dueTimes(), messages);
    made.rescued(rescued);
    made.rescued(inDoubt(chunk));
    waiting = made;
    return lanes.marks(made);
  }

  /// What is in doubt and nobody noted how long it waits: who would have, died.
  private static List<Integer> inDoubt(LockedChunk locked) {
    Chunk chunk = locked.chunk();
    return IntStream.range(chunk.first(), chunk.first() + chunk.size())
        .filter(position -> chunk.state(position) == MessageState.UNKNOWN)
        .filter(position -> !locked.dueTimes().containsKey(position))
        .boxed()
        .toList();
  }

  /// What has to wait, as it was seen last.
  Waiting waiting() {
    return Objects.requireNonNullElseGet(waiting, () -> make.of(Map.of(), List.of()));
  }

  /// Makes it for a chunk.
  interface MakeWaiting {
    /// What has to wait of these messages.
    ///
    /// @param dueTimes what had to wait already
    Waiting of(Map<Integer, Instant> dueTimes, List<StoredMessage> messages);
  }
}
