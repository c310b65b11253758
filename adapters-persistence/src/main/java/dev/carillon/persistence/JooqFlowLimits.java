package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CARRIER_LIMIT;
import static dev.carillon.persistence.schema.Tables.SENDER_LIMIT;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.carillon.application.port.FlowLimits;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.AdaptiveRate;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.persistence.schema.tables.records.CarrierLimitRecord;
import dev.carillon.persistence.schema.tables.records.SenderLimitRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;

/// Limits of carriers and senders in PostgreSQL.
final class JooqFlowLimits implements FlowLimits {
  private final Session session;

  JooqFlowLimits(Session session) {
    this.session = session;
  }

  @Override
  public Map<CarrierId, CarrierLimits> carriers() {
    return StoreFailures.translated(() ->
        session.sql().selectFrom(CARRIER_LIMIT).fetch().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    row -> new CarrierId(row.getCarrier()), JooqFlowLimits::limits)));
  }

  @Override
  public void set(
      CarrierId carrier, double perSecond, int window, boolean enabled, String by, Instant now) {
    session
        .sql()
        .insertInto(CARRIER_LIMIT)
        .set(CARRIER_LIMIT.CARRIER, carrier.value())
        .set(CARRIER_LIMIT.PER_SECOND, perSecond)
        .set(CARRIER_LIMIT.WINDOW_SIZE, window)
        .set(CARRIER_LIMIT.ENABLED, enabled)
        .set(CARRIER_LIMIT.CUT_TO, 0.0)
        .set(CARRIER_LIMIT.CUT_AT, (Instant) null)
        .set(CARRIER_LIMIT.SET_BY, by)
        .set(CARRIER_LIMIT.SET_AT, now)
        .onConflict(CARRIER_LIMIT.CARRIER)
        .doUpdate()
        .setAllToExcluded()
        .execute();
  }

  @Override
  public void cut(CarrierId carrier, AdaptiveRate before, AdaptiveRate after) {
    session
        .sql()
        .insertInto(CARRIER_LIMIT)
        .set(CARRIER_LIMIT.CARRIER, carrier.value())
        .set(CARRIER_LIMIT.PER_SECOND, before.limitPerSecond())
        .set(CARRIER_LIMIT.WINDOW_SIZE, 0)
        .set(CARRIER_LIMIT.ENABLED, true)
        .set(CARRIER_LIMIT.CUT_TO, after.cutTo())
        .set(CARRIER_LIMIT.CUT_AT, after.cutAt())
        .onConflict(CARRIER_LIMIT.CARRIER)
        .doUpdate()
        .set(CARRIER_LIMIT.CUT_TO, excluded(CARRIER_LIMIT.CUT_TO))
        .set(CARRIER_LIMIT.CUT_AT, excluded(CARRIER_LIMIT.CUT_AT))
        .where(CARRIER_LIMIT.CUT_AT.isNotDistinctFrom(before.cutAt()))
        .and(CARRIER_LIMIT.PER_SECOND.eq(before.limitPerSecond()))
        .execute();
  }

  @Override
  public Map<Sender, Double> senders(Collection<Sender> senders) {
    if (senders.isEmpty()) {
      return Map.of();
    }
    return limits(
        row(SENDER_LIMIT.BUSINESS_ID, SENDER_LIMIT.ENVIRONMENT, SENDER_LIMIT.SENDER)
            .in(
                senders.stream()
                    .map(sender ->
                        row(
                            sender.scope().business().value(),
                            sender.scope().environment().name(),
                            sender.value()))
                    .toList()));
  }

  @Override
  public Map<Sender, Double> allSenders(@Nullable Scope scope) {
    return limits(scope == null ? noCondition() : within(scope));
  }

  @Override
  public void set(Sender sender, double perSecond, String by, Instant now) {
    if (perSecond > 0) {
      put(sender, perSecond, by, now);
    } else {
      remove(sender);
    }
  }

  private void put(Sender sender, double perSecond, String by, Instant now) {
    session
        .sql()
        .insertInto(SENDER_LIMIT)
        .set(SENDER_LIMIT.BUSINESS_ID, sender.scope().business().value())
        .set(SENDER_LIMIT.ENVIRONMENT, sender.scope().environment().name())
        .set(SENDER_LIMIT.SENDER, sender.value())
        .set(SENDER_LIMIT.PER_SECOND, perSecond)
        .set(SENDER_LIMIT.SET_BY, by)
        .set(SENDER_LIMIT.SET_AT, now)
        .onConflict(SENDER_LIMIT.BUSINESS_ID, SENDER_LIMIT.ENVIRONMENT, SENDER_LIMIT.SENDER)
        .doUpdate()
        .setAllToExcluded()
        .execute();
  }

  private void remove(Sender sender) {
    session
        .sql()
        .deleteFrom(SENDER_LIMIT)
        .where(within(sender.scope()))
        .and(SENDER_LIMIT.SENDER.eq(sender.value()))
        .execute();
  }

  private Map<Sender, Double> limits(Condition which) {
    return StoreFailures.translated(() -> {
      Result<SenderLimitRecord> rows = session.sql().selectFrom(SENDER_LIMIT).where(which).fetch();
      return rows.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  JooqFlowLimits::sender, SenderLimitRecord::getPerSecond));
    });
  }

  private static Condition within(Scope scope) {
    return ScopeRows.is(scope, SENDER_LIMIT.BUSINESS_ID, SENDER_LIMIT.ENVIRONMENT);
  }

  private static CarrierLimits limits(CarrierLimitRecord row) {
    return new CarrierLimits(
        new AdaptiveRate(row.getPerSecond(), row.getCutTo(), row.getCutAt()),
        row.getWindowSize(),
        row.getEnabled());
  }

  private static Sender sender(SenderLimitRecord row) {
    return new Sender(ScopeRows.of(row.getBusinessId(), row.getEnvironment()), row.getSender());
  }
}
