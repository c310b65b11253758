package dev.carillon.persistence;

import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.StoredEvent;
import dev.carillon.persistence.schema.tables.records.WebhookAttemptRecord;
import dev.carillon.persistence.schema.tables.records.WebhookListedRecord;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Between rows of deliveries and the domain.
final class DeliveryRows {
  private static final long NANOS_PER_MICRO = 1_000;

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

  /// The row of an attempt, but for whose it is.
  static WebhookAttemptRecord toRow(DeliveryAttempt attempt) {
    WebhookAttemptRecord row =
        new WebhookAttemptRecord()
            .setAttempt(attempt.number())
            .setAt(attempt.at())
            .setTookMicros(attempt.answer().took().toNanos() / NANOS_PER_MICRO);
    return switch (attempt.answer()) {
      case DeliveryAnswer.Answered answered ->
          row.setStatus((short) Math.clamp(answered.status(), 0, MOST_STATUS))
              .setRetryAfter(seconds(answered.retryAfter()))
              .setExcerpt(storable(answered.excerpt()));
      case DeliveryAnswer.Unanswered unanswered -> row.setCause(unanswered.cause().name());
    };
  }

  private static DeliveryAnswer answer(WebhookAttemptRecord row) {
    Duration took = Duration.ofNanos(row.getTookMicros() * NANOS_PER_MICRO);
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
