package dev.carillon.persistence;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.jooq.CloseableDSLContext;
import org.jooq.impl.DSL;

/// One of several who do random things at the same time: its luck, its node, its time. Any step of
/// it can be the node's last; then it goes on as a node that starts again.
final class MoneyCaller implements AutoCloseable {
  private static final int MOST_CALLS = 16;

  final MoneyNode node;
  final MoneyWork work;
  final Database database;

  /// A connection of its own, which nobody ends.
  final CloseableDSLContext sql;

  private final Map<String, LongAdder> tally;
  private final List<String> history = new ArrayList<>();
  private Random random = new Random(0);
  private Duration ahead = Duration.ZERO;

  MoneyCaller(TestDatabase database, List<Shop> shops, Map<String, LongAdder> tally)
      throws ReflectiveOperationException {
    this.database = database.database();
    this.sql =
        DSL.using(
            database.config().jdbcUrl(), database.config().user(), database.config().password());
    this.tally = tally;
    this.node = new MoneyNode(this.database, this::now);
    this.work = new MoneyWork(this, shops);
  }

  /// Begins another history.
  void begin(long seed) {
    random = new Random(seed);
    history.clear();
  }

  Instant now() {
    return Instant.now().plus(ahead);
  }

  /// Does something as if so much later.
  void later(Duration time, Runnable step) {
    ahead = time;
    try {
      step.run();
    } finally {
      ahead = Duration.ZERO;
    }
  }

  /// Does something, and it may well be that nobody hears what came of it; false then. A refusal is
  /// an answer.
  boolean dare(String what, Runnable step) {
    if (random.nextInt(8) == 0) {
      node.dying.dieAfter(1 + random.nextInt(MOST_CALLS));
    }
    try {
      return surely(what, step);
    } finally {
      node.dying.live();
    }
  }

  /// The same, and nobody dies of it; but sessions may be ended.
  boolean surely(String what, Runnable step) {
    try {
      step.run();
      say(what + ": done");
      return true;
    } catch (DomainException refusal) {
      String error = refusal.error().getClass().getSimpleName();
      say(what + ": " + error);
      return !(refusal.error() instanceof DomainError.StoreUnavailable);
    }
  }

  /// Ends the session of somebody who is at work; those that only look stay.
  void endASession() {
    int ended =
        sql.fetchSingle(
                """
                SELECT count(pg_terminate_backend(pid)) FROM (
                  SELECT pid FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid()
                    AND application_name IN ('carillon-calls', 'carillon-engine')
                    AND state <> 'idle'
                  ORDER BY random() LIMIT 1) AS one
                """)
            .get(0, Integer.class);
    if (ended > 0) {
      say("end a session: done");
    }
  }

  private void say(String what) {
    history.add(what);
    tally.computeIfAbsent(what, _ -> new LongAdder()).increment();
  }

  Random random() {
    return random;
  }

  boolean oneIn(int chances) {
    return random.nextInt(chances) == 0;
  }

  <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /// What it did.
  String history() {
    return String.join("\n", history);
  }

  @Override
  public void close() {
    sql.close();
  }
}
