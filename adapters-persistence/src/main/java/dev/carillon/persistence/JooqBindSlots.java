package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.CLOCK;
import static dev.carillon.persistence.StoreClock.fromNow;
import static dev.carillon.persistence.schema.Tables.BIND_SLOT;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.BindSlots;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Duration;
import java.util.Optional;
import org.jooq.impl.SQLDataType;

/// Slots for binds in PostgreSQL, held until a time of its clock.
final class JooqBindSlots implements BindSlots {
  private final Session session;

  JooqBindSlots(Session session) {
    this.session = session;
  }

  @Override
  public Optional<Integer> take(CarrierId carrier, String owner, int slots, Duration time) {
    return StoreFailures.translated(() ->
        Optional.ofNullable(
            session
                .sql()
                .select(
                    field(
                        "take_bind_slot({0}, {1}, {2}, {3})",
                        SQLDataType.INTEGER,
                        val(carrier.value()),
                        val(owner),
                        val(slots),
                        StoreClock.interval(time)))
                .fetchSingle(row -> row.value1())));
  }

  @Override
  public boolean prolong(CarrierId carrier, int slot, String owner, Duration time) {
    return StoreFailures.translated(() ->
        session
                .sql()
                .update(BIND_SLOT)
                .set(BIND_SLOT.UNTIL, fromNow(time))
                .where(BIND_SLOT.CARRIER.eq(carrier.value()))
                .and(BIND_SLOT.SLOT.eq((short) slot))
                .and(BIND_SLOT.OWNER.eq(owner))
                .and(BIND_SLOT.UNTIL.gt(CLOCK))
                .execute()
            == 1);
  }

  @Override
  public void release(CarrierId carrier, int slot, String owner) {
    StoreFailures.translated(() ->
        session
            .sql()
            .deleteFrom(BIND_SLOT)
            .where(BIND_SLOT.CARRIER.eq(carrier.value()))
            .and(BIND_SLOT.SLOT.eq((short) slot))
            .and(BIND_SLOT.OWNER.eq(owner))
            .execute());
  }
}
