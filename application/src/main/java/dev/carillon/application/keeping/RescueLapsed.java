package dev.carillon.application.keeping;

import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Has what lapsed leases left marked be in doubt where no worker comes by to find it: in paused
/// jobs.
public final class RescueLapsed {
  private static final int MOST = 200;

  private final ChunkRepository chunks;
  private final Sweeping sweeping;
  private final Supplier<Duration> pause;

  /// @param pause how long a rescued chunk is left alone: as long as its last holder may take to
  ///   wake and hand over what it had marked
  public RescueLapsed(ChunkRepository chunks, Sweeping sweeping, Supplier<Duration> pause) {
    this.chunks = chunks;
    this.sweeping = sweeping;
    this.pause = pause;
  }

  /// Does a part of it; returns how many chunks were rescued.
  public int handle() {
    List<ChunkKey> lapsed = chunks.lapsed(MOST);
    lapsed.forEach(key -> sweeping.rescue(key, pause.get()));
    return lapsed.size();
  }
}
