package dev.carillon.application.keeping;

import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// Gives up what is in doubt in jobs that want it so (FAIL), once whoever was at it must have come
/// to an end. Evidence that comes later still moves it.
public final class GiveUpUnknown {
  private static final int MOST = 100;

  private final ChunkRepository chunks;
  private final Sweeping sweeping;
  private final InstantSource clock;
  private final Supplier<Duration> grace;

  /// @param grace lease time and longest answer time-out of a carrier and a margin, as they are now
  public GiveUpUnknown(
      ChunkRepository chunks, Sweeping sweeping, InstantSource clock, Supplier<Duration> grace) {
    this.chunks = chunks;
    this.sweeping = sweeping;
    this.clock = clock;
    this.grace = grace;
  }

  /// Does a part of it; returns how many chunks were freed of doubt.
  public int handle() {
    List<ChunkKey> inDoubt =
        chunks.inDoubt(UnknownPolicy.FAIL, clock.instant().minus(grace.get()), null, MOST);
    if (!inDoubt.isEmpty()) {
      sweeping.giveUp(inDoubt);
    }
    return inDoubt.size();
  }
}
