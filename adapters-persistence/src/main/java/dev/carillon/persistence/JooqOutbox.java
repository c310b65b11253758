package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.OUTBOX;

import dev.carillon.application.port.Outbox;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.webhook.BalanceEvent;
import dev.carillon.domain.webhook.JobEvent;

/// The outbox in PostgreSQL.
final class JooqOutbox implements Outbox {
  private final Session session;

  JooqOutbox(Session session) {
    this.session = session;
  }

  @Override
  public void append(Scope scope, JobId job, JobEvent event) {
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
  public void append(Scope scope, BalanceEvent event) {
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
}
