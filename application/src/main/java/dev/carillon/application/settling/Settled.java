package dev.carillon.application.settling;

import dev.carillon.domain.message.CarrierChoice;
import java.util.List;

/// What one settling of a leased chunk led to.
///
/// @param marked what may now be handed over, lowest positions first
/// @param leaseAlive whether the lease was still its holder's
/// @param jobRuns whether the job's messages may be handed over
/// @param closed whether the chunk is closed
public record Settled(List<Marked> marked, boolean leaseAlive, boolean jobRuns, boolean closed) {

  /// A message marked before the wire.
  ///
  /// @param attempt 1 for the first
  /// @param resent whether an earlier attempt stays in doubt
  /// @param carrier the number of the carrier that it is marked for; 0 for the job's own provider
  public record Marked(int position, int attempt, boolean resent, int carrier) {
    /// For the job's own provider.
    public Marked(int position, int attempt, boolean resent) {
      this(position, attempt, resent, CarrierChoice.PROVIDER);
    }
  }
}
