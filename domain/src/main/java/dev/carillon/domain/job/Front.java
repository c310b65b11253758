package dev.carillon.domain.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a running job is, as it is stored: what could be handed over next, and whether it may
/// be.
public sealed interface Front {
  /// A worker is at it, or it is being swept, or nothing of it is open any more.
  record Moving() implements Front {}

  /// Everything of its business is stopped.
  record BusinessStopped() implements Front {}

  /// Nothing is handed over from this store.
  record DispatchOff() implements Front {}

  /// Nobody is at it, and the first of its open chunks is to be looked at from that time on.
  ///
  /// @param again when the first message of that chunk is to be tried again; null when none is
  record Due(Instant at, @Nullable Instant again) implements Front {
    /// Whether it is for such a message that the chunk is due then.
    boolean isRetry() {
      return again != null && !again.isAfter(at);
    }
  }
}
