package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.WEBHOOK_KEY;

import dev.carillon.application.port.WebhookKeyMark;

/// The mark in PostgreSQL: one row, which tenants do not see.
final class JooqWebhookKeyMark implements WebhookKeyMark {
  private final Session session;

  JooqWebhookKeyMark(Session session) {
    this.session = session;
  }

  @Override
  public String keep(String mark) {
    session
        .sql()
        .insertInto(WEBHOOK_KEY)
        .set(WEBHOOK_KEY.ID, true)
        .set(WEBHOOK_KEY.MARK, mark)
        .onConflictDoNothing()
        .execute();
    return session
        .sql()
        .select(WEBHOOK_KEY.MARK)
        .from(WEBHOOK_KEY)
        .fetchSingle(row -> row.value1());
  }

  @Override
  public void replace(String mark) {
    session.sql().update(WEBHOOK_KEY).set(WEBHOOK_KEY.MARK, mark).execute();
  }
}
