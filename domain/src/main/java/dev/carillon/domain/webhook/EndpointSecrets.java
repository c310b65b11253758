package dev.carillon.domain.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The secrets of an endpoint: the one that is valid, and the one before while its receivers change
/// over.
///
/// @param previous null when there is none
/// @param previousUntil when the previous one ends; null when there is none
public record EndpointSecrets(
    SealedSecret current, @Nullable SealedSecret previous, @Nullable Instant previousUntil) {
  /// The secret of a new endpoint.
  public static EndpointSecrets of(SealedSecret first) {
    return new EndpointSecrets(first, null, null);
  }

  /// A new secret; the one that was current ends at a time.
  public EndpointSecrets rotated(SealedSecret next, Instant until) {
    return new EndpointSecrets(next, current, until);
  }

  /// Those that sign at a time, the newest first.
  public List<SealedSecret> validAt(Instant now) {
    return previous != null && previousUntil != null && now.isBefore(previousUntil)
        ? List.of(current, previous)
        : List.of(current);
  }
}
