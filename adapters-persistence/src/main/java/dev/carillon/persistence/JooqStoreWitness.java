package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.DISPATCH_SWITCH;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;

import dev.carillon.application.port.StoreWitness;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/// PostgreSQL's own history: its system identifier, its timeline and the position of its log on
/// disk. The schema confirms the history that it was made in.
final class JooqStoreWitness implements StoreWitness {
  private static final Field<String> SYSTEM = field("store_system()", SQLDataType.CLOB);
  private static final Field<Long> TIMELINE = field("store_timeline()", SQLDataType.BIGINT);
  private static final Field<Long> POSITION = field("store_position()", SQLDataType.BIGINT);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Session session;
  private final EngineFence fence = new EngineFence();

  JooqStoreWitness(Session session) {
    this.session = session;
  }

  /// Throws a DomainException (StoreUnavailable) while the server is a standby.
  @Override
  public History history() {
    return StoreFailures.translated(() ->
        session
            .sql()
            .select(SYSTEM, TIMELINE, POSITION)
            .fetchSingle(row -> {
              Long timeline = row.value2();
              Long position = row.value3();
              if (timeline == null || position == null) {
                throw new DomainException(new DomainError.StoreUnavailable(RETRY_AFTER));
              }
              return new History(row.value1(), timeline, position);
            }));
  }

  @Override
  public Switch read() {
    StoreFailures.translated(() -> {
      fence.look(session.sql());
      return true;
    });
    return StoreFailures.translated(() ->
        session
            .sql()
            .select(
                DISPATCH_SWITCH.ALLOWED,
                DISPATCH_SWITCH.REASON,
                DISPATCH_SWITCH.CHANGED_AT,
                DISPATCH_SWITCH.CONFIRMED_SYSTEM,
                DISPATCH_SWITCH.CONFIRMED_TIMELINE,
                DISPATCH_SWITCH.CONFIRMED_POSITION)
            .from(DISPATCH_SWITCH)
            .fetchSingle(row ->
                new Switch(
                    row.value1(),
                    new History(row.value4(), row.value5(), row.value6()),
                    row.value2(),
                    row.value3())));
  }

  @Override
  public void switchOff(String reason, Instant now) {
    switchOff(noCondition(), reason, now);
  }

  @Override
  public boolean switchOff(Switch seen, String reason, Instant now) {
    History confirmed = seen.confirmed();
    return confirmed != null && switchOff(isConfirmed(confirmed), reason, now);
  }

  @Override
  public boolean confirm(History history, String by, Instant now) {
    return StoreFailures.translated(() ->
        session
                .sql()
                .update(DISPATCH_SWITCH)
                .set(DISPATCH_SWITCH.ALLOWED, true)
                .set(DISPATCH_SWITCH.REASON, "")
                .set(DISPATCH_SWITCH.CHANGED_AT, now)
                .set(DISPATCH_SWITCH.CHANGED_BY, by)
                .set(DISPATCH_SWITCH.CONFIRMED_SYSTEM, SYSTEM)
                .set(DISPATCH_SWITCH.CONFIRMED_TIMELINE, TIMELINE)
                .set(DISPATCH_SWITCH.CONFIRMED_POSITION, POSITION)
                .where(SYSTEM.eq(history.system()))
                .and(TIMELINE.eq(history.timeline()))
                .and(POSITION.ge(history.position()))
                .execute()
            == 1);
  }

  private boolean switchOff(Condition where, String reason, Instant now) {
    return StoreFailures.translated(() ->
        session
                .sql()
                .update(DISPATCH_SWITCH)
                .set(DISPATCH_SWITCH.ALLOWED, false)
                .set(DISPATCH_SWITCH.REASON, reason)
                .set(DISPATCH_SWITCH.CHANGED_AT, now)
                .set(DISPATCH_SWITCH.CHANGED_BY, "")
                .where(DISPATCH_SWITCH.ALLOWED)
                .and(where)
                .execute()
            == 1);
  }

  private static Condition isConfirmed(History history) {
    return DISPATCH_SWITCH
        .CONFIRMED_SYSTEM
        .eq(history.system())
        .and(DISPATCH_SWITCH.CONFIRMED_TIMELINE.eq(history.timeline()))
        .and(DISPATCH_SWITCH.CONFIRMED_POSITION.eq(history.position()));
  }
}
