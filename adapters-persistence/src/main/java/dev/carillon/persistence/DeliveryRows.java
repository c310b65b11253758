package dev.carillon.persistence;

import dev.carillon.application.port.WebhookDeliveries.Ended;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.StoredEvent;
import dev.carillon.persistence.schema.tables.records.WebhookAttemptRecord;
import dev.carillon.persistence.schema.tables.records.WebhookListedRecord;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Between rows of deliveries and the domain.
final class DeliveryRows {

  /// What a smallint and an int hold; receivers say what they want.
  private static final int MOST_STATUS = Short.MAX_VALUE;

  private DeliveryRows() {}

  static Delivery delivery(WebhookListedRecord row, StoredEvent event, List<DeliveryAttempt> made) {
    return new Delivery(
        event,
        DeliveryState.ofCode(row.getState()),
        row.getAttempts(),
        row.getCreatedAt(),
        row.getNextDue(),
        row.getDoneAt(),
        made);
  }

  static DeliveryAttempt attempt(WebhookAttemptRecord row) {
    return new DeliveryAttempt(row.getAttempt(), row.getAt(), answer(row));
  }

  /// Binds the columns of an attempt: event_number, endpoint, attempt, business_id, environment,
  /// at, took_micros, status, cause, retry_after, excerpt.
  static void bind(PreparedStatement statement, Ended ended) throws SQLException {
    Leased leased = ended.leased();
    DeliveryAttempt attempt = ended.attempt();
    statement.setLong(1, leased.event().number());
    statement.setLong(2, leased.endpoint());
    statement.setInt(3, attempt.number());
    statement.setLong(4, leased.event().scope().business().value());
    statement.setString(5, leased.event().scope().environment().name());
    KeptStatement.bind(statement, 6, attempt.at());
    statement.setLong(7, StoreClock.micros(attempt.answer().took()));
    switch (attempt.answer()) {
      case DeliveryAnswer.Answered answered -> {
        statement.setObject(8, Math.clamp(answered.status(), 0, MOST_STATUS));
        statement.setNull(9, Types.VARCHAR);
        statement.setObject(10, seconds(answered.retryAfter()), Types.INTEGER);
        statement.setString(11, storable(answered.excerpt()));
      }
      case DeliveryAnswer.Unanswered unanswered -> {
        statement.setNull(8, Types.INTEGER);
        statement.setString(9, unanswered.cause().name());
        statement.setNull(10, Types.INTEGER);
        statement.setNull(11, Types.VARCHAR);
      }
    }
  }

  private static DeliveryAnswer answer(WebhookAttemptRecord row) {
    Duration took = Duration.of(row.getTookMicros(), ChronoUnit.MICROS);
    return row.getStatus() == null
        ? new DeliveryAnswer.Unanswered(DeliveryAnswer.Cause.valueOf(row.getCause()), took)
        : new DeliveryAnswer.Answered(
            row.getStatus(),
            row.getRetryAfter() == null ? null : Duration.ofSeconds(row.getRetryAfter()),
            row.getExcerpt(),
            took);
  }

  private static @Nullable Integer seconds(@Nullable Duration duration) {
    return duration == null
        ? null
        : Math.toIntExact(Math.min(duration.toSeconds(), Integer.MAX_VALUE));
  }

  /// PostgreSQL stores no NUL (manual, 8.3 Character Types).
  private static String storable(String text) {
    return text.replace("\0", "");
  }
}
