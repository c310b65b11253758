package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.interval;
import static org.jooq.impl.DSL.field;

import dev.carillon.application.port.FrozenSessions;
import java.time.Duration;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sessions in a COPY (or in a statement of which a part has arrived) whose client has fallen
/// silent. PostgreSQL answers none of its time-outs there (statement_timeout waits for a safe
/// point, idle_in_transaction_session_timeout for the statement's end), and a frozen process still
/// answers keepalives; only pg_terminate_backend reaches them (PostgreSQL manual, 27.2.3 and
/// 9.28.2), and only where it may: so the function of the schema that does it is its owner's. It
/// knows the sessions by the names that [Pools] gives them. How long the transaction has lasted
/// says nothing: one that stores a large audience makes many transfers.
final class JooqFrozenSessions implements FrozenSessions {
  private static final Logger LOG = LoggerFactory.getLogger(JooqFrozenSessions.class);

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
                .select(
                    field(
                        "end_frozen_sessions({0}, {1})",
                        SQLDataType.INTEGER, interval(ofEngine), interval(ofCalls)))
                .fetchSingle(row -> row.value1()));
    if (ended > 0) {
      LOG.warn("ended {} sessions whose clients had stopped in the middle of a transfer", ended);
    }
    return ended;
  }
}
