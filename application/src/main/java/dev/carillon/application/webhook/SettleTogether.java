package dev.carillon.application.webhook;

import dev.carillon.application.port.WebhookDeliveries.Ended;
import dev.carillon.application.settling.Halving;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Settles attempts, all those at an endpoint that end while others at it are being settled in one
/// transaction: the more end, the fewer transactions each of them costs. Attempts are settled in
/// the order in which they ended. One that cannot be settled keeps none of the others from it.
final class SettleTogether {
  /// The engine, which hands messages over, needs the connections to the store, too.
  private static final int TRANSACTIONS = 4;

  /// The endpoint is locked meanwhile.
  private static final int MOST_TOGETHER = 100;

  private final Consumer<List<Ended>> work;
  private final Executor threads;
  private final IntConsumer over;
  private final Semaphore turns = new Semaphore(TRANSACTIONS, true);

  /// What has ended, by endpoint; each endpoint that is here has a thread that settles for it.
  private final Map<Long, List<Ended>> waiting = new HashMap<>();

  /// @param work settles some of one endpoint, all or none
  /// @param threads goes on when a thread that settles for others has to tell of a failure
  /// @param over is told how many attempts are over, be they settled or not
  SettleTogether(Consumer<List<Ended>> work, Executor threads, IntConsumer over) {
    this.work = work;
    this.threads = threads;
    this.over = over;
  }

  /// Has an attempt be settled: by this thread, which then goes on with those that end meanwhile,
  /// or by the one that is at it. Throws why some could not be settled, which may be others' than
  /// this.
  void settle(Ended ended) {
    long endpoint = ended.leased().endpoint();
    if (isFirst(endpoint, ended)) {
      settleAllOf(endpoint);
    }
  }

  private synchronized boolean isFirst(long endpoint, Ended ended) {
    boolean first = !waiting.containsKey(endpoint);
    waiting.computeIfAbsent(endpoint, _ -> new ArrayList<>()).add(ended);
    return first;
  }

  private void settleAllOf(long endpoint) {
    try {
      while (settleSomeOf(endpoint)) {
        // others have ended meanwhile, perhaps
      }
    } catch (RuntimeException | Error failure) {
      threads.execute(() -> settleAllOf(endpoint));
      throw failure;
    }
  }

  private boolean settleSomeOf(long endpoint) {
    turns.acquireUninterruptibly();
    try {
      List<Ended> some = take(endpoint);
      if (some.isEmpty()) {
        return false;
      }
      try {
        together(some);
      } finally {
        over.accept(some.size());
      }
      return true;
    } finally {
      turns.release();
    }
  }

  /// None: then nobody settles for the endpoint any more.
  private synchronized List<Ended> take(long endpoint) {
    List<Ended> all = waiting.getOrDefault(endpoint, List.of());
    if (all.isEmpty()) {
      waiting.remove(endpoint);
      return all;
    }
    int most = Math.min(all.size(), MOST_TOGETHER);
    waiting.put(endpoint, new ArrayList<>(all.subList(most, all.size())));
    return List.copyOf(all.subList(0, most));
  }

  private void together(List<Ended> some) {
    List<RuntimeException> failures = new ArrayList<>();
    Halving.each(some, work, (_, failure) -> failures.add(failure));
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          failures.size() + " attempts could not be settled", failures.getFirst());
    }
  }
}
