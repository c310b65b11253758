package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.CLOCK;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_ENDPOINT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_QUEUE;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_WAITING;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.persistence.schema.tables.records.WebhookEndpointRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/// Endpoints in PostgreSQL, each with its row of the queue, which is always locked first.
final class JooqWebhookEndpoints implements WebhookEndpoints {
  static final Field<Instant> NEVER = inline("infinity").cast(SQLDataType.INSTANT);
  static final Field<Instant> ALWAYS = inline("-infinity").cast(SQLDataType.INSTANT);

  private static final int DUE_AT_ONCE = 10_000;

  private final Session session;

  JooqWebhookEndpoints(Session session) {
    this.session = session;
  }

  @Override
  public int lockedCount(Scope scope) {
    var _ =
        session
            .sql()
            .select(
                field(
                    "pg_advisory_xact_lock(hashtext('carillon.endpoints'), {0}::int)",
                    SQLDataType.OTHER, val((int) scope.business().value())))
            .fetch();
    return session.sql().fetchCount(WEBHOOK_ENDPOINT, within(scope));
  }

  @Override
  public void insert(Endpoint endpoint) {
    long number =
        session
            .sql()
            .insertInto(WEBHOOK_ENDPOINT)
            .set(EndpointRows.toRow(endpoint))
            .returningResult(WEBHOOK_ENDPOINT.NUMBER)
            .fetchSingle(row -> row.value1());
    session
        .sql()
        .insertInto(WEBHOOK_QUEUE)
        .set(WEBHOOK_QUEUE.ENDPOINT, number)
        .set(WEBHOOK_QUEUE.BUSINESS_ID, endpoint.scope().business().value())
        .set(WEBHOOK_QUEUE.ENVIRONMENT, endpoint.scope().environment().name())
        .set(WEBHOOK_QUEUE.NEXT_LOOK, NEVER)
        .set(WEBHOOK_QUEUE.FAILURES, 0)
        .set(WEBHOOK_QUEUE.SLOW, false)
        .set(WEBHOOK_QUEUE.OPEN_UNTIL, ALWAYS)
        .execute();
  }

  @Override
  public Optional<Endpoint> find(Scope scope, EndpointId id) {
    return row(scope, id).map(EndpointRows::endpoint);
  }

  @Override
  public Optional<Endpoint> lock(Scope scope, EndpointId id) {
    return row(scope, id)
        .flatMap(row -> {
          lockQueue(session, row.getNumber());
          return session
              .sql()
              .selectFrom(WEBHOOK_ENDPOINT)
              .where(WEBHOOK_ENDPOINT.NUMBER.eq(row.getNumber()))
              .and(WEBHOOK_ENDPOINT.DELETED_AT.isNull())
              .forUpdate()
              .fetchOptional(EndpointRows::endpoint);
        });
  }

  @Override
  public void update(Endpoint endpoint) {
    WebhookEndpointRecord before =
        row(endpoint.scope(), endpoint.id())
            .orElseThrow(() -> new IllegalStateException("it was not locked"));
    session
        .sql()
        .update(WEBHOOK_ENDPOINT)
        .set(EndpointRows.changes(endpoint))
        .where(WEBHOOK_ENDPOINT.NUMBER.eq(before.getNumber()))
        .execute();
    if (!endpoint.details().enabled()) {
      rest(before.getNumber());
    } else if (!before.getEnabled() || !before.getUrl().equals(endpoint.details().url())) {
      beginAnew(before.getNumber());
    }
  }

  @Override
  public boolean delete(Scope scope, EndpointId id, Instant now) {
    Optional<WebhookEndpointRecord> row = row(scope, id);
    if (row.isEmpty()) {
      return false;
    }
    long number = row.get().getNumber();
    session.sql().deleteFrom(WEBHOOK_QUEUE).where(WEBHOOK_QUEUE.ENDPOINT.eq(number)).execute();
    return session
            .sql()
            .update(WEBHOOK_ENDPOINT)
            .set(WEBHOOK_ENDPOINT.DELETED_AT, now)
            .set(WEBHOOK_ENDPOINT.URL, "")
            .set(WEBHOOK_ENDPOINT.SECRET, "")
            .setNull(WEBHOOK_ENDPOINT.PREVIOUS_SECRET)
            .setNull(WEBHOOK_ENDPOINT.PREVIOUS_UNTIL)
            .where(WEBHOOK_ENDPOINT.NUMBER.eq(number))
            .and(WEBHOOK_ENDPOINT.DELETED_AT.isNull())
            .execute()
        > 0;
  }

  @Override
  public Page<Endpoint> list(Scope scope, PageRequest page) {
    List<WebhookEndpointRecord> rows =
        session
            .sql()
            .selectFrom(WEBHOOK_ENDPOINT)
            .where(within(scope))
            .and(
                page.after().isPresent()
                    ? WEBHOOK_ENDPOINT.NUMBER.lt(page.after().getAsLong())
                    : noCondition())
            .orderBy(WEBHOOK_ENDPOINT.NUMBER.desc())
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch();
    return Pages.of(
            rows,
            WebhookEndpointRecord::getNumber,
            page,
            session.sql().fetchCount(WEBHOOK_ENDPOINT, within(scope)))
        .map(EndpointRows::endpoint);
  }

  private Optional<WebhookEndpointRecord> row(Scope scope, EndpointId id) {
    return session
        .sql()
        .selectFrom(WEBHOOK_ENDPOINT)
        .where(within(scope))
        .and(WEBHOOK_ENDPOINT.ENDPOINT_ID.eq(id.value()))
        .fetchOptional();
  }

  /// Under it all is decided about an endpoint's deliveries, until the transaction ends.
  static void lockQueue(Session session, long number) {
    var _ =
        session
            .sql()
            .select(WEBHOOK_QUEUE.ENDPOINT)
            .from(WEBHOOK_QUEUE)
            .where(WEBHOOK_QUEUE.ENDPOINT.eq(number))
            .forUpdate()
            .fetch();
  }

  private void rest(long number) {
    session
        .sql()
        .update(WEBHOOK_QUEUE)
        .set(WEBHOOK_QUEUE.NEXT_LOOK, NEVER)
        .where(WEBHOOK_QUEUE.ENDPOINT.eq(number))
        .execute();
  }

  /// What waits is due, and tried as if it had just happened; what is under way counts no longer.
  /// Of a very long row the last may wait for the time that was set before.
  private void beginAnew(long number) {
    session
        .sql()
        .update(WEBHOOK_WAITING)
        .set(WEBHOOK_WAITING.TRIES, 0)
        .where(WEBHOOK_WAITING.ENDPOINT.eq(number))
        .and(WEBHOOK_WAITING.LEASE_OWNER.isNotNull())
        .execute();
    session
        .sql()
        .update(WEBHOOK_WAITING)
        .set(WEBHOOK_WAITING.TRIES, 0)
        .set(WEBHOOK_WAITING.NEXT_DUE, CLOCK)
        .where(WEBHOOK_WAITING.ENDPOINT.eq(number))
        .and(
            WEBHOOK_WAITING.EVENT_NUMBER.in(
                select(WEBHOOK_WAITING.EVENT_NUMBER)
                    .from(WEBHOOK_WAITING)
                    .where(WEBHOOK_WAITING.ENDPOINT.eq(number))
                    .and(WEBHOOK_WAITING.NEXT_DUE.gt(CLOCK))
                    .andNot(WEBHOOK_WAITING.BEHIND)
                    .and(WEBHOOK_WAITING.LEASE_OWNER.isNull())
                    .orderBy(WEBHOOK_WAITING.NEXT_DUE, WEBHOOK_WAITING.EVENT_NUMBER)
                    .limit(DUE_AT_ONCE)))
        .execute();
    session
        .sql()
        .update(WEBHOOK_QUEUE)
        .set(WEBHOOK_QUEUE.NEXT_LOOK, CLOCK)
        .set(WEBHOOK_QUEUE.FAILURES, 0)
        .setNull(WEBHOOK_QUEUE.FAILING_SINCE)
        .set(WEBHOOK_QUEUE.SLOW, false)
        .set(WEBHOOK_QUEUE.OPEN_UNTIL, ALWAYS)
        .where(WEBHOOK_QUEUE.ENDPOINT.eq(number))
        .execute();
  }

  private static Condition within(Scope scope) {
    return ScopeRows.is(scope, WEBHOOK_ENDPOINT.BUSINESS_ID, WEBHOOK_ENDPOINT.ENVIRONMENT)
        .and(WEBHOOK_ENDPOINT.DELETED_AT.isNull());
  }
}
