package dev.carillon.persistence;

import static dev.carillon.persistence.JooqWebhookEndpoints.NEVER;
import static dev.carillon.persistence.StoreClock.CLOCK;
import static dev.carillon.persistence.StoreClock.fromNow;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_ENDPOINT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_QUEUE;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.greatest;

import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.WebhookDeliveries.Ended;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointHealth;
import dev.carillon.persistence.EndedDecisions.Decided;
import dev.carillon.persistence.EndedDecisions.Fence;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Writes down what came of attempts at an endpoint, all of it under the lock of the endpoint's row
/// of the queue and in the caller's transaction.
///
/// @param session of that transaction
/// @param outbox tells that an endpoint was switched off
record DeliverySettling(Session session, Outbox outbox) {
  private static final KeptStatement LOCK =
      new KeptStatement("SELECT * FROM begin_settling(?, ?::bigint[])");
  private static final KeptStatement APPEND =
      new KeptStatement(
          """
          INSERT INTO webhook_attempt (
            event_number, endpoint, attempt, business_id, environment, at, took_micros, status, cause,
            retry_after, excerpt)
          VALUES (?, ?, ?, ?, ?, ?::timestamptz, ?, ?::smallint, ?::text, ?::int, ?::text)
          ON CONFLICT DO NOTHING
          """);
  private static final KeptStatement MOVE =
      new KeptStatement(
          "SELECT settle_deliveries(?, ?::bigint[], ?::int[], ?::int[], ?::smallint[],"
              + " ?::bigint[])");

  /// @param ended all of one endpoint
  boolean settle(List<Ended> ended) {
    long endpoint = ended.getFirst().leased().endpoint();
    Optional<Locked> locked = lock(endpoint, ended);
    if (locked.isEmpty()) {
      return false;
    }
    EndpointHealth before = locked.get().health();
    EndedDecisions decisions = new EndedDecisions(before, locked.get().fences(), ended);
    long dropped = locked.get().dropped();
    append(ended.stream().filter(one -> EventPlaces.row(event(one)) > dropped).toList());
    move(endpoint, decisions.all());
    if (!decisions.health().equals(before) || !decisions.pause().isZero()) {
      note(endpoint, decisions);
    }
    return decisions.disabling().isPresent() && disable(decisions.disabling().get());
  }

  private static long event(Ended ended) {
    return ended.leased().event().number();
  }

  private Optional<Locked> lock(long endpoint, List<Ended> ended) {
    return LOCK
        .read(
            session.sql(),
            (statement, connection) -> {
              statement.setLong(1, endpoint);
              statement.setArray(2, array(connection, "bigint", ended, DeliverySettling::event));
            },
            Locked::read)
        .stream()
        .findFirst();
  }

  private void append(List<Ended> ended) {
    if (!ended.isEmpty()) {
      APPEND.batch(session.sql(), ended, (statement, _, one) -> DeliveryRows.bind(statement, one));
    }
  }

  private void move(long endpoint, List<Decided> decided) {
    List<Integer> _ =
        MOVE.read(
            session.sql(),
            (statement, connection) -> {
              statement.setLong(1, endpoint);
              statement.setArray(
                  2, array(connection, "bigint", decided, one -> event(one.ended())));
              statement.setArray(
                  3, array(connection, "int", decided, one -> one.ended().leased().attempt()));
              statement.setArray(
                  4, array(connection, "int", decided, one -> one.ended().leased().tries()));
              statement.setArray(
                  5, array(connection, "smallint", decided, one -> one.outcome().state().code()));
              statement.setArray(
                  6, array(connection, "bigint", decided, one -> micros(one.outcome().next())));
            },
            _ -> 0);
  }

  private static @Nullable Long micros(@Nullable Duration duration) {
    return duration == null ? null : StoreClock.micros(duration);
  }

  private static <T> Array array(
      Connection connection, String type, List<T> values, Function<T, @Nullable Object> element)
      throws SQLException {
    return connection.createArrayOf(type, values.stream().map(element).toArray());
  }

  /// A pause that somebody else has begun goes on.
  private void note(long endpoint, EndedDecisions decisions) {
    EndpointHealth health = decisions.health();
    Field<Instant> open = greatest(WEBHOOK_QUEUE.OPEN_UNTIL, fromNow(decisions.pause()));
    session
        .sql()
        .update(WEBHOOK_QUEUE)
        .set(WEBHOOK_QUEUE.FAILURES, health.failures())
        .set(WEBHOOK_QUEUE.FAILING_SINCE, health.failingSince())
        .set(WEBHOOK_QUEUE.SLOW, health.slow())
        .set(WEBHOOK_QUEUE.OPEN_UNTIL, open)
        .set(WEBHOOK_QUEUE.NEXT_LOOK, open)
        .where(WEBHOOK_QUEUE.ENDPOINT.eq(endpoint))
        .execute();
  }

  private boolean disable(Decided decided) {
    Leased leased = decided.ended().leased();
    DisableReason reason = Objects.requireNonNull(decided.outcome().disable());
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
              EndpointEvent.disabled(leased.endpointId(), reason, decided.ended().attempt().at()));
    }
    return disabled > 0;
  }

  /// How an endpoint stands.
  ///
  /// @param dropped the newest row of events of which nothing is kept any more
  /// @param fences of those deliveries that are to be tried
  private record Locked(EndpointHealth health, long dropped, Map<Long, Fence> fences) {
    static Locked read(ResultSet row) throws SQLException {
      OffsetDateTime failingSince = row.getObject("failing_since", OffsetDateTime.class);
      return new Locked(
          new EndpointHealth(
              row.getInt("failures"),
              failingSince == null ? null : failingSince.toInstant(),
              row.getBoolean("slow")),
          row.getLong("dropped"),
          fences(row));
    }

    private static Map<Long, Fence> fences(ResultSet row) throws SQLException {
      Array waiting = row.getArray("waiting");
      if (waiting == null) {
        return Map.of();
      }
      Long[] numbers = (Long[]) waiting.getArray();
      Integer[] attempts = (Integer[]) row.getArray("attempts").getArray();
      Integer[] tries = (Integer[]) row.getArray("tries").getArray();
      return IntStream.range(0, numbers.length)
          .boxed()
          .collect(toMap(i -> numbers[i], i -> new Fence(attempts[i], tries[i])));
    }
  }
}
