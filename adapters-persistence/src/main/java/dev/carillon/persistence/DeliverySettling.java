package dev.carillon.persistence;

import static dev.carillon.persistence.JooqChunkRepository.CLOCK;
import static dev.carillon.persistence.JooqWebhookDeliveries.fromNow;
import static dev.carillon.persistence.JooqWebhookEndpoints.NEVER;
import static dev.carillon.persistence.schema.Tables.EVENT_COUNTER;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_ATTEMPT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_ENDPOINT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_QUEUE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.application.port.WebhookDeliveries.Outcome;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jooq.types.YearToSecond;

/// Writes down what came of an attempt, all of it under the lock of the endpoint's row of the queue
/// and in the caller's transaction.
///
/// @param session of that transaction
/// @param outbox tells that an endpoint was switched off
record DeliverySettling(Session session, Outbox outbox) {
  boolean settle(Leased leased, DeliveryAttempt attempt, Function<EndpointHealth, Outcome> decide) {
    Optional<Locked> before = lock(leased.endpoint());
    if (before.isEmpty()) {
      return false;
    }
    EndpointHealth health = before.get().health();
    Outcome outcome = decide.apply(health);
    if (EventPlaces.row(leased.event().number()) > before.get().dropped()) {
      append(leased, attempt);
    }
    if (!move(leased, outcome)) {
      wake(leased.endpoint());
      return false;
    }
    note(leased.endpoint(), health, outcome);
    return outcome.disable() != null && disable(leased, outcome.disable(), attempt);
  }

  private Optional<Locked> lock(long endpoint) {
    return session
        .sql()
        .select(
            WEBHOOK_QUEUE.FAILURES,
            WEBHOOK_QUEUE.FAILING_SINCE,
            WEBHOOK_QUEUE.SLOW,
            field(select(EVENT_COUNTER.DROPPED).from(EVENT_COUNTER)))
        .from(WEBHOOK_QUEUE)
        .where(WEBHOOK_QUEUE.ENDPOINT.eq(endpoint))
        .forUpdate()
        .fetchOptional(row ->
            new Locked(new EndpointHealth(row.value1(), row.value2(), row.value3()), row.value4()));
  }

  private void append(Leased leased, DeliveryAttempt attempt) {
    session
        .sql()
        .insertInto(WEBHOOK_ATTEMPT)
        .set(
            DeliveryRows.toRow(attempt)
                .setEventNumber(leased.event().number())
                .setEndpoint(leased.endpoint())
                .setBusinessId(leased.event().scope().business().value())
                .setEnvironment(leased.event().scope().environment().name()))
        .onConflictDoNothing()
        .execute();
  }

  /// Whether the attempt still counts for its endpoint.
  private boolean move(Leased leased, Outcome outcome) {
    Duration next = outcome.next();
    return session
        .sql()
        .select(
            field(
                "settle_delivery({0}, {1}, {2}, {3}, {4}, {5})",
                SQLDataType.BOOLEAN,
                val(leased.endpoint()),
                val(leased.event().number()),
                val(leased.attempt()),
                val(leased.tries()),
                val((short) outcome.state().code()),
                val(next == null ? null : YearToSecond.valueOf(next), SQLDataType.INTERVAL)))
        .fetchSingle(row -> row.value1());
  }

  /// Writes nothing when nothing changes: many attempts end well between two looks at the queue. A
  /// pause that somebody else has begun goes on.
  private void note(long endpoint, EndpointHealth before, Outcome outcome) {
    EndpointHealth health = outcome.health();
    Condition changed =
        health.equals(before) && outcome.pause().isZero()
            ? WEBHOOK_QUEUE.NEXT_LOOK.gt(CLOCK)
            : noCondition();
    Field<Instant> open = greatest(WEBHOOK_QUEUE.OPEN_UNTIL, fromNow(outcome.pause()));
    session
        .sql()
        .update(WEBHOOK_QUEUE)
        .set(WEBHOOK_QUEUE.FAILURES, health.failures())
        .set(WEBHOOK_QUEUE.FAILING_SINCE, health.failingSince())
        .set(WEBHOOK_QUEUE.SLOW, health.slow())
        .set(WEBHOOK_QUEUE.OPEN_UNTIL, open)
        .set(WEBHOOK_QUEUE.NEXT_LOOK, open)
        .where(WEBHOOK_QUEUE.ENDPOINT.eq(endpoint))
        .and(changed)
        .execute();
  }

  /// What an attempt that counts no longer leaves may be due at once.
  private void wake(long endpoint) {
    Field<Instant> due = greatest(CLOCK, WEBHOOK_QUEUE.OPEN_UNTIL);
    session
        .sql()
        .update(WEBHOOK_QUEUE)
        .set(WEBHOOK_QUEUE.NEXT_LOOK, due)
        .where(WEBHOOK_QUEUE.ENDPOINT.eq(endpoint))
        .and(WEBHOOK_QUEUE.NEXT_LOOK.gt(due))
        .execute();
  }

  private boolean disable(Leased leased, DisableReason reason, DeliveryAttempt attempt) {
    int disabled =
        session
            .sql()
            .update(WEBHOOK_ENDPOINT)
            .set(WEBHOOK_ENDPOINT.ENABLED, false)
            .set(WEBHOOK_ENDPOINT.DISABLED_BY, reason.name())
            .set(WEBHOOK_ENDPOINT.REVISION, WEBHOOK_ENDPOINT.REVISION.plus(1))
            .set(WEBHOOK_ENDPOINT.UPDATED_AT, CLOCK)
            .where(WEBHOOK_ENDPOINT.NUMBER.eq(leased.endpoint()))
            .and(WEBHOOK_ENDPOINT.ENABLED)
            .execute();
    session
        .sql()
        .update(WEBHOOK_QUEUE)
        .set(WEBHOOK_QUEUE.NEXT_LOOK, NEVER)
        .where(WEBHOOK_QUEUE.ENDPOINT.eq(leased.endpoint()))
        .execute();
    if (disabled > 0) {
      var _ =
          outbox.append(
              leased.event().scope(),
              EndpointEvent.disabled(leased.endpointId(), reason, attempt.at()));
    }
    return disabled > 0;
  }

  /// How an endpoint stands.
  ///
  /// @param dropped the newest row of events of which nothing is kept any more
  private record Locked(EndpointHealth health, long dropped) {}
}
