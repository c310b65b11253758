package dev.carillon.grpc;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Room for streams on this node: so many in all, and so many of one scope, so that no tenant takes
/// the room of all.
final class StreamRoom {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final int most;
  private final int mostOfAScope;
  private final Map<Scope, Integer> shares = new HashMap<>();
  private int open;

  StreamRoom(int most, int mostOfAScope) {
    this.most = most;
    this.mostOfAScope = mostOfAScope;
  }

  /// Takes a place, to be given back by [#leave]. Throws a DomainException: QuotaExceeded.
  synchronized void enter(Scope scope) {
    int share = shares.getOrDefault(scope, 0);
    if (open >= most) {
      throw full("event streams of this node");
    }
    if (share >= mostOfAScope) {
      throw full(mostOfAScope + " event streams of a business at a node");
    }
    open++;
    shares.put(scope, share + 1);
  }

  synchronized void leave(Scope scope) {
    open--;
    shares.computeIfPresent(scope, (_, share) -> share > 1 ? share - 1 : null);
  }

  private static DomainException full(String what) {
    return new DomainException(new DomainError.QuotaExceeded(what, TRY_AGAIN));
  }
}
