package dev.carillon.grpc;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Room for streams of one kind on this node: so many in all, and so many of one scope, so that no
/// tenant takes the room of all.
final class StreamRoom {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final String kind;
  private final int most;
  private final int mostOfAScope;
  private final Map<Scope, Integer> shares = new HashMap<>();
  private int open;

  /// @param kind what they are, as a refusal names them
  StreamRoom(String kind, int most, int mostOfAScope) {
    this.kind = kind;
    this.most = most;
    this.mostOfAScope = mostOfAScope;
  }

  /// Takes a place, to be given back by [#leave]. Throws a DomainException: QuotaExceeded.
  synchronized void enter(Scope scope) {
    int share = shares.getOrDefault(scope, 0);
    if (open >= most) {
      throw full(most + " " + kind + " of this node");
    }
    if (share >= mostOfAScope) {
      throw full(mostOfAScope + " " + kind + " of a business at a node");
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
