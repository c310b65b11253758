package dev.carillon.benchmarks.crash;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Calls the way a careful microservice does: a call that broke is made again, with the same
/// request id, to whichever node serves.
final class Callers {
  private static final Duration MOST = Duration.ofSeconds(60);

  /// The answer is not known, or nobody was there to give one.
  private static final Set<Status.Code> AGAIN =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

  private final Fleet fleet;

  Callers(Fleet fleet) {
    this.fleet = fleet;
  }

  /// Makes the call until it is answered. An answer that is an error is thrown as it came.
  <T> T call(String what, Function<NodeClient, T> call) throws IOException, InterruptedException {
    Patience patience = Patience.of(MOST);
    String last = "no node served";
    while (!patience.isOver()) {
      Optional<NodeClient> client = fleet.client();
      if (client.isPresent()) {
        try {
          return call.apply(client.get());
        } catch (StatusRuntimeException broken) {
          if (!AGAIN.contains(broken.getStatus().getCode())) {
            throw broken;
          }
          last = broken.getStatus().toString();
        }
      }
      patience.pause();
    }
    throw new CrashViolation(what + " was not answered within " + MOST + ": " + last);
  }
}
