package dev.carillon.persistence;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Permits;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// Permits from buckets in PostgreSQL, by its clock: one statement each, a transaction of its own.
final class JooqPermits implements Permits {
  private static final double NANOS = 1e9;
  private static final Field<Integer> PERMITS = field("permits", SQLDataType.INTEGER);
  private static final Field<Double> WAIT_SECONDS = field("wait_seconds", SQLDataType.DOUBLE);

  private final Session session;

  JooqPermits(Session session) {
    this.session = session;
  }

  @Override
  public Grant take(Collection<Limit> limits, int wanted, boolean ahead) {
    if (limits.isEmpty() || wanted <= 0) {
      return new Grant(Math.max(0, wanted), Duration.ZERO);
    }
    Asked asked = Asked.of(limits);
    Table<?> granted =
        table("take_permits({0}, {1}, {2}, {3})", asked.keys, asked.rates, val(wanted), val(ahead));
    return StoreFailures.translated(
        () -> grant(session.sql().select(PERMITS, WAIT_SECONDS).from(granted).fetchSingle()));
  }

  @Override
  public void giveBack(Collection<Limit> limits, int unused) {
    if (limits.isEmpty() || unused <= 0) {
      return;
    }
    Asked asked = Asked.of(limits);
    Table<?> done = table("give_back_permits({0}, {1}, {2})", asked.keys, asked.rates, val(unused));
    StoreFailures.translated(() -> session.sql().selectOne().from(done).fetch());
  }

  private static Grant grant(Record2<Integer, Double> row) {
    return new Grant(row.value1(), Duration.ofNanos((long) Math.ceil(row.value2() * NANOS)));
  }

  /// Keys and rates side by side, each key once, with the lowest of its rates.
  private record Asked(Field<String[]> keys, Field<Double[]> rates) {
    static Asked of(Collection<Limit> limits) {
      Map<String, Double> byKey = new TreeMap<>();
      limits.forEach(limit -> byKey.merge(limit.key(), limit.perSecond(), Math::min));
      return new Asked(
          val(byKey.keySet().toArray(String[]::new), SQLDataType.CLOB.array()),
          val(byKey.values().toArray(Double[]::new), SQLDataType.DOUBLE.array()));
    }
  }
}
