package dev.carillon.grpc;

import dev.carillon.application.watch.WatchBulkJobs.Position;
import dev.carillon.domain.business.Scope;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// The tokens by which a stream of all jobs goes on after a break: opaque, and good for one tenant.
final class JobsPositions {
  private static final byte VERSION = 1;
  private static final int LENGTH = 2 * Long.BYTES;
  private static final byte FIRST_ENDS = 1;
  private static final byte SECOND_ENDS = 2;

  private JobsPositions() {}

  /// The token of a position.
  static String of(Scope scope, Position position) {
    Set<Long> told = position.told();
    ByteBuffer content =
        ByteBuffer.allocate(LENGTH + (told.isEmpty() ? 0 : 1 + told.size() * Long.BYTES))
            .putLong(position.number())
            .putLong(position.at().toEpochMilli());
    if (!told.isEmpty()) {
      content.put(position.settled() ? SECOND_ENDS : FIRST_ENDS);
      told.forEach(content::putLong);
    }
    return seal(scope).write(content.array());
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
            .filter(content -> content.length == LENGTH || hasEnds(content))
            .map(JobsPositions::position)
            .orElseThrow(() ->
                Violations.one("resume_token", "must be a resume_token of this business's jobs")));
  }

  private static boolean hasEnds(byte[] content) {
    return content.length > LENGTH && (content.length - LENGTH) % Long.BYTES == 1;
  }

  private static Position position(byte[] token) {
    ByteBuffer content = ByteBuffer.wrap(token);
    long number = content.getLong();
    Instant at = Instant.ofEpochMilli(content.getLong());
    boolean settled = content.hasRemaining() && content.get() == SECOND_ENDS;
    Set<Long> told = new LinkedHashSet<>();
    while (content.hasRemaining()) {
      told.add(content.getLong());
    }
    return new Position(number, at, told, settled);
  }

  private static SealedToken seal(Scope scope) {
    return SealedToken.of(
        VERSION,
        "WatchBulkJobs",
        scope.business().value() + "/" + scope.environment(),
        new byte[0]);
  }
}
