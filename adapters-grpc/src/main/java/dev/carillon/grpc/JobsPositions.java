package dev.carillon.grpc;

import dev.carillon.application.WatchBulkJobs.Position;
import dev.carillon.domain.business.Scope;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/// The tokens by which a stream of all jobs goes on after a break: opaque, and good for one tenant.
final class JobsPositions {
  private static final byte VERSION = 1;
  private static final int LENGTH = 2 * Long.BYTES;

  private JobsPositions() {}

  /// The token of a position.
  static String of(Scope scope, Position position) {
    return seal(scope)
        .write(
            ByteBuffer.allocate(LENGTH)
                .putLong(position.number())
                .putLong(position.at().toEpochMilli())
                .array());
  }

  /// The position that a token stands for; none for an empty token. Throws InvalidFields when it is
  /// no token of this tenant.
  static Optional<Position> position(Scope scope, String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        seal(scope)
            .content(token)
            .filter(content -> content.length == LENGTH)
            .map(ByteBuffer::wrap)
            .map(
                content -> new Position(content.getLong(), Instant.ofEpochMilli(content.getLong())))
            .orElseThrow(() ->
                Violations.one("resume_token", "must be a resume_token of this business's jobs")));
  }

  private static SealedToken seal(Scope scope) {
    return SealedToken.of(
        VERSION,
        "WatchBulkJobs",
        scope.business().value() + "/" + scope.environment(),
        new byte[0]);
  }
}
