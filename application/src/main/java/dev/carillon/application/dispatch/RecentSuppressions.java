package dev.carillon.application.dispatch;

import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.recipient.Suppression;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which addresses were put on any list of suppressions in the last minutes, on whatever node, so
/// that a run need not ask the store again before each message. A hint: what it names may have been
/// taken off again. Bounded; it says so itself when it cannot tell.
public final class RecentSuppressions {
  private static final int MOST = 50_000;
  private static final long KEPT_NANOS = Duration.ofMinutes(2).toNanos();

  /// What was looked at longer ago does not tell what was added since.
  private static final long OLD_NANOS = Duration.ofSeconds(2).toNanos();

  /// A transaction that adds something is committed within this time.
  private static final Duration SLOWEST_COMMIT = Duration.ofSeconds(10);

  private final Suppressions store;
  private final int most;
  private final Map<OfList, Map<String, Long>> lists = new ConcurrentHashMap<>();
  private int size;
  private volatile boolean refreshed;
  private volatile long refreshedNanos;
  private volatile long completeSinceNanos;

  public RecentSuppressions(Suppressions store) {
    this(store, MOST);
  }

  /// @param most addresses that are kept
  RecentSuppressions(Suppressions store, int most) {
    this.store = store;
    this.most = most;
  }

  /// Looks up what was added since the last time. To be called in a loop, several times a second.
  /// Throws a DomainException (StoreUnavailable); soon afterwards it cannot tell any more.
  public void refresh() {
    long now = System.nanoTime();
    Duration since = refreshed ? Duration.ofNanos(now - refreshedNanos) : Duration.ZERO;
    List<Suppression> found = store.recent(SLOWEST_COMMIT.plus(since), most);
    take(found, now);
  }

  /// Takes note at once of what this node has just stored.
  public synchronized void add(Collection<Suppression> stored) {
    long now = System.nanoTime();
    stored.forEach(suppression -> note(suppression, now));
    if (size > most) {
      begin(now);
    }
  }

  /// Whether it knows all that was added since then, but for the last moments.
  boolean tellsAllSince(long nanos) {
    return refreshed
        && System.nanoTime() - refreshedNanos <= OLD_NANOS
        && nanos - completeSinceNanos >= 0;
  }

  /// What was added lately to the scope's list for the channel.
  Set<String> of(Scope scope, Channel channel) {
    if (lists.isEmpty()) {
      return Set.of();
    }
    Map<String, Long> list = lists.get(new OfList(scope, channel));
    return list == null ? Set.of() : list.keySet();
  }

  private synchronized void take(List<Suppression> found, long now) {
    forget(now - KEPT_NANOS);
    if (!refreshed || completeSinceNanos - (now - KEPT_NANOS) < 0) {
      completeSinceNanos = refreshed ? now - KEPT_NANOS : now;
    }
    if (found.size() >= most) {
      begin(now);
    } else {
      found.forEach(suppression -> note(suppression, now));
      if (size > most) {
        begin(now);
      }
    }
    refreshedNanos = now;
    refreshed = true;
  }

  /// What came before is not known: there was too much of it.
  private void begin(long now) {
    lists.clear();
    size = 0;
    completeSinceNanos = now;
  }

  private void note(Suppression suppression, long now) {
    Map<String, Long> list =
        lists.computeIfAbsent(
            new OfList(suppression.scope(), suppression.channel()), _ -> new ConcurrentHashMap<>());
    if (list.put(suppression.address(), now) == null) {
      size++;
    }
  }

  private void forget(long beforeNanos) {
    lists.forEach((of, list) -> {
      list.values().removeIf(seen -> seen - beforeNanos < 0);
      if (list.isEmpty()) {
        lists.remove(of);
      }
    });
    size = lists.values().stream().mapToInt(Map::size).sum();
  }

  private record OfList(Scope scope, Channel channel) {}
}
