package dev.carillon.persistence;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.table;

import dev.carillon.application.port.FrozenSessions;
import java.time.Duration;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sessions in a COPY (or in a statement of which a part has arrived) whose client has fallen
/// silent. PostgreSQL answers none of its time-outs there (statement_timeout waits for a safe
/// point, idle_in_transaction_session_timeout for the statement's end), and a frozen process still
/// answers keepalives; only pg_terminate_backend reaches them (PostgreSQL manual, 27.2.3 and
/// 9.28.2).
final class JooqFrozenSessions implements FrozenSessions {
  private static final Logger LOG = LoggerFactory.getLogger(JooqFrozenSessions.class);
  private static final long NANOS_PER_MICRO = 1_000;

  /// A session that waits for its client, of this house: its database and its role.
  private static final Condition WAITS_FOR_ITS_CLIENT =
      condition(
          """
          datname = current_database() and usename = current_user and pid <> pg_backend_pid() \
          and state = 'active' and wait_event_type = 'Client' and wait_event = 'ClientRead'\
          """);

  /// When the transfer began. Its transaction may have begun long before: one that stores a large
  /// audience makes many transfers.
  private static final Field<Instant> SINCE = field("query_start", SQLDataType.INSTANT);

  private static final Field<String> NAME = field("application_name", SQLDataType.CLOB);

  /// A filter is looked at only for rows that the WHERE clause has left.
  private static final Condition ENDED = condition("pg_terminate_backend(pid)");

  private final Session session;

  JooqFrozenSessions(Session session) {
    this.session = session;
  }

  @Override
  public int end(Duration ofEngine, Duration ofCalls) {
    int ended =
        StoreFailures.translated(() ->
            session
                .sql()
                .select(count().filterWhere(ENDED))
                .from(table("pg_stat_activity"))
                .where(WAITS_FOR_ITS_CLIENT)
                .and(isOld(Pools.ENGINE, ofEngine).or(isOld(Pools.CALLS, ofCalls)))
                .fetchSingle(row -> row.value1()));
    if (ended > 0) {
      LOG.warn("ended {} sessions whose clients had stopped in the middle of a transfer", ended);
    }
    return ended;
  }

  private static Condition isOld(String name, Duration time) {
    Field<Instant> then =
        field(
            "clock_timestamp() - {0} * interval '1 microsecond'",
            SQLDataType.INSTANT, inline(time.toNanos() / NANOS_PER_MICRO));
    return NAME.eq(name).and(SINCE.lt(then));
  }
}
