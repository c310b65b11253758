package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.CLOCK;
import static dev.carillon.persistence.StoreClock.fromNow;
import static dev.carillon.persistence.schema.Tables.LEADER;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Leadership;
import java.time.Duration;
import org.jooq.Condition;

/// Leaders in PostgreSQL: a row for each duty, held until a time of its clock.
final class JooqLeadership implements Leadership {

  private final Session session;

  JooqLeadership(Session session) {
    this.session = session;
  }

  @Override
  public boolean holds(String duty, String node, Duration time) {
    return StoreFailures.translated(() ->
        session
                .sql()
                .insertInto(LEADER, LEADER.DUTY, LEADER.NODE, LEADER.UNTIL)
                .select(
                    select(val(duty), val(node), fromNow(time))
                        .whereNotExists(selectOne().from(LEADER).where(isLedByAnother(duty, node))))
                .onConflict(LEADER.DUTY)
                .doUpdate()
                .set(LEADER.NODE, excluded(LEADER.NODE))
                .set(LEADER.UNTIL, excluded(LEADER.UNTIL))
                .where(LEADER.NODE.eq(excluded(LEADER.NODE)).or(LEADER.UNTIL.le(CLOCK)))
                .execute()
            == 1);
  }

  @Override
  public void resign(String duty, String node) {
    StoreFailures.translated(() ->
        session
            .sql()
            .deleteFrom(LEADER)
            .where(LEADER.DUTY.eq(duty))
            .and(LEADER.NODE.eq(node))
            .execute());
  }

  /// Looked at first, since a row that is in conflict is locked, which writes, also for a node that
  /// comes to nothing.
  private static Condition isLedByAnother(String duty, String node) {
    return LEADER.DUTY.eq(duty).and(LEADER.NODE.ne(node)).and(LEADER.UNTIL.gt(CLOCK));
  }
}
