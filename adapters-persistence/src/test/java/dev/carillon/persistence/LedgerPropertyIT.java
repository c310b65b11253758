package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.persistence.MoneyWork.Unsettled;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Whatever callers, carriers and keepers do at the same time to the same few businesses, and
/// wherever one of them or a session dies of it: the books are right. More histories with
/// `-Dcarillon.ledger.histories=…`.
class LedgerPropertyIT {
  private static final int CALLERS = 8;
  private static final int BATCHES = 4;

  /// A worker that dies keeps its chunk until the next round, and a session that was ended is found
  /// out by who gets it next.
  private static final int ROUNDS = 10;

  private static final int HISTORIES = Integer.getInteger("carillon.ledger.histories", 2_000);

  /// How often a caller looks at the books in between, in histories.
  private static final int LOOK_EVERY = 100;

  /// Override with `-Dcarillon.seed=…`; threads still meet as they like.
  private static final long SEED = Long.getLong("carillon.seed", System.nanoTime());

  @AutoClose private final TestDatabase database = TestDatabase.create(InstantSource.system());

  private final Map<String, LongAdder> tally = new ConcurrentHashMap<>();

  private final List<Shop> shops =
      List.of(
          Shop.live(database, RefundPlan.DEFAULT, true, 2_000_000),
          Shop.live(database, RefundPlan.DEFAULT, false, 400_000),
          Shop.live(database, new RefundPlan(true, true), true, 300_000),
          Shop.live(database, new RefundPlan(true, false), true, 200_000),
          Shop.test(database, 200_000));

  @Test
  void theBooksAreRightWhateverHappens() throws Exception {
    MoneyBooks books = new MoneyBooks(database.sql());
    books.prepare(shops);
    List<MoneyCaller> callers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
      for (int caller = 0; caller < CALLERS; caller++) {
        callers.add(new MoneyCaller(database, shops, tally));
      }
      for (int batch = 0; batch < BATCHES; batch++) {
        long first = SEED + (long) HISTORIES * batch / BATCHES;
        long end = SEED + (long) HISTORIES * (batch + 1) / BATCHES;
        long firstJob = books.nextJob();
        share(threads, callers, end - first, (caller, n) -> run(caller, first + n));
        books.audit(database.database().forHouse(), shops, firstJob);
        settle(threads, callers, books);
        books.audit(database.database().forHouse(), shops, firstJob);
      }
      books.audit(database.database().forHouse(), shops, 0);
    } catch (ExecutionException | AssertionError wrong) {
      throw new AssertionError("with -Dcarillon.seed=" + SEED, wrong);
    } finally {
      callers.forEach(MoneyCaller::close);
    }
    System.out.printf(
        "ledger: %d histories, %s; entries by kind %s%n",
        HISTORIES, new TreeMap<>(tally), books.kinds());
    assertThat(books.kinds()).containsOnlyKeys(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(tally)
        .containsKeys(
            "submit: NoCredit",
            "add: NoCredit",
            "submit: StoreUnavailable",
            "settle: StoreUnavailable",
            "top up: TopUpReused",
            "end a session: done");
    assertThat(books.deadlocks()).isZero();
  }

  private void run(MoneyCaller caller, long seed) {
    caller.begin(seed);
    try {
      new MoneyHistory(caller, caller.work, caller.oneOf(shops)).run();
      if (seed % LOOK_EVERY == 0) {
        new MoneyBooks(caller.sql).look();
      }
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError("seed " + seed + " after\n" + caller.history(), failure);
    }
  }

  /// Lets every job end and settle.
  private void settle(ExecutorService threads, List<MoneyCaller> callers, MoneyBooks books)
      throws Exception {
    List<Unsettled> unsettled = books.unsettled();
    for (int round = 0; round < ROUNDS && !unsettled.isEmpty(); round++) {
      List<Unsettled> jobs = unsettled;
      share(
          threads,
          callers,
          jobs.size(),
          (caller, n) -> {
            caller.begin(SEED + n);
            caller.work.finish(jobs.get((int) n));
          });
      unsettled = books.unsettled();
    }
    assertThat(unsettled).as(() -> "have not settled" + books.standing()).isEmpty();
  }

  /// Has all callers do the first so many of something, each the next that nobody does.
  private static void share(
      ExecutorService threads, List<MoneyCaller> callers, long count, Part part) throws Exception {
    AtomicLong next = new AtomicLong();
    List<Callable<Long>> tasks = new ArrayList<>();
    for (MoneyCaller caller : callers) {
      tasks.add(() -> {
        long n = next.getAndIncrement();
        for (; n < count; n = next.getAndIncrement()) {
          part.by(caller, n);
        }
        return n;
      });
    }
    for (Future<Long> done : threads.invokeAll(tasks)) {
      done.get();
    }
  }

  private interface Part {
    void by(MoneyCaller caller, long number);
  }
}
