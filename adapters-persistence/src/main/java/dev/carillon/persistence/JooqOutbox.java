package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.OUTBOX;

import dev.carillon.application.port.Outbox;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageChanges;
import dev.carillon.domain.webhook.BalanceEvent;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.JobEvent;
import java.time.Instant;
import java.util.List;

/// The outbox in PostgreSQL.
final class JooqOutbox implements Outbox {
  /// For each window of answers of a job that asks for it. An id for each event comes of the row's,
  /// see [EventRows#id].
  private static final KeptStatement OF_MESSAGES =
      new KeptStatement(
          """
          INSERT INTO outbox (
            business_id, environment, job_id, bulk_id, event, event_id, provider, size, first_position,
            changed, statuses, carriers, reasons, kinds, at)
          SELECT
            business_id, environment, id, bulk_id, 'message',
            overlay(gen_random_uuid()::text PLACING '0000' FROM 33)::uuid, provider, ?::int, ?::int,
            ?::bytea, ?::bytea, ?::bytea, ?::bytea, ?::smallint, ?::timestamptz
          FROM job WHERE id = ?
          """);

  private final Session session;
  private final OutboxNews news;

  JooqOutbox(Session session, OutboxNews news) {
    this.session = session;
    this.news = news;
  }

  @Override
  public void append(Scope scope, JobId job, JobEvent event) {
    news.appended();
    session
        .sql()
        .insertInto(OUTBOX)
        .set(OUTBOX.BUSINESS_ID, scope.business().value())
        .set(OUTBOX.ENVIRONMENT, scope.environment().name())
        .set(OUTBOX.JOB_ID, job.value())
        .set(OUTBOX.EVENT, event.type().label())
        .set(OUTBOX.BULK_ID, event.bulkId().value())
        .set(OUTBOX.STATUS, (short) event.status().code())
        .set(OUTBOX.TOTAL_RECIPIENTS, event.totalRecipients())
        .set(OUTBOX.SUCCESS_COUNT, event.successCount())
        .set(OUTBOX.FAILURE_COUNT, event.failureCount())
        .set(OUTBOX.AT, event.at())
        .execute();
  }

  @Override
  public void append(List<MessageChanges> changes, Instant at) {
    if (changes.isEmpty()) {
      return;
    }
    news.appended();
    OF_MESSAGES.batch(
        session.sql(),
        changes,
        (statement, _, one) -> {
          statement.setInt(1, one.size());
          statement.setInt(2, one.first());
          statement.setBytes(3, one.changedBits());
          statement.setBytes(4, one.statuses());
          statement.setBytes(5, one.carriers());
          statement.setBytes(6, one.reasons());
          statement.setInt(7, one.told().bits());
          KeptStatement.bind(statement, 8, at);
          statement.setLong(9, one.chunk().job().value());
        });
  }

  @Override
  public void append(Scope scope, BalanceEvent event) {
    news.appended();
    session
        .sql()
        .insertInto(OUTBOX)
        .set(OUTBOX.BUSINESS_ID, scope.business().value())
        .set(OUTBOX.ENVIRONMENT, scope.environment().name())
        .set(OUTBOX.EVENT, event.type().label())
        .set(OUTBOX.CURRENCY, event.available().currency())
        .set(OUTBOX.AVAILABLE, event.available().micros())
        .set(OUTBOX.LOW, event.low().micros())
        .set(OUTBOX.AT, event.at())
        .execute();
  }

  @Override
  public EventId append(Scope scope, EndpointEvent event) {
    news.appended();
    return new EventId(
        session
            .sql()
            .insertInto(OUTBOX)
            .set(OUTBOX.BUSINESS_ID, scope.business().value())
            .set(OUTBOX.ENVIRONMENT, scope.environment().name())
            .set(OUTBOX.EVENT, event.type().label())
            .set(OUTBOX.ENDPOINT_ID, event.endpoint().value())
            .set(OUTBOX.REASON, event.reason() == null ? null : event.reason().name())
            .set(OUTBOX.AT, event.at())
            .returningResult(OUTBOX.EVENT_ID)
            .fetchSingle(row -> row.value1()));
  }
}
