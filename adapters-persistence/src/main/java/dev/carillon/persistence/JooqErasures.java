package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ERASURE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;

import dev.carillon.application.port.Erasures;
import dev.carillon.application.port.IdSource;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Erasures in PostgreSQL.
final class JooqErasures implements Erasures {
  /// When the oldest transaction of this house began that is still under way, but for this one; in
  /// brackets, so that it is asked for once.
  private static final Field<Instant> OLDEST_TRANSACTION =
      field("(select oldest_transaction())", SQLDataType.INSTANT);

  private static final Field<Boolean> PAST =
      field("{0} <= {1}", SQLDataType.BOOLEAN, ERASURE.LINE_AT, OLDEST_TRANSACTION).as("past");

  private final Session session;
  private final IdSource ids;

  JooqErasures(Session session, IdSource ids) {
    this.session = session;
    this.ids = ids;
  }

  @Override
  public Erasure request(Scope scope, Erasure.Subject subject, Instant now) {
    ErasureId id = new ErasureId(ids.nextId(now));
    session
        .sql()
        .insertInto(ERASURE)
        .set(ERASURE.ID, id.value())
        .set(ERASURE.BUSINESS_ID, scope.business().value())
        .set(ERASURE.ENVIRONMENT, scope.environment().name())
        .set(ERASURE.RECIPIENT_ID, recipient(subject))
        .set(ERASURE.ADDRESS, address(subject))
        .set(ERASURE.REQUESTED_AT, now)
        .set(ERASURE.DUE_AT, now)
        .set(ERASURE.CANCELLED, 0L)
        .set(ERASURE.ERASED, 0L)
        .set(ERASURE.WORDS, 0L)
        .execute();
    return new Erasure(id, Erasure.Counts.NONE, now, null);
  }

  @Override
  public Optional<Erasure> find(Scope scope, ErasureId id) {
    return session
        .sql()
        .selectFrom(ERASURE)
        .where(ERASURE.ID.eq(id.value()))
        .and(ScopeRows.is(scope, ERASURE.BUSINESS_ID, ERASURE.ENVIRONMENT))
        .fetchOptional(JooqErasures::erasure);
  }

  @Override
  public List<Due> due(Instant now, int limit) {
    return session
        .sql()
        .select(ERASURE.ID, PAST)
        .from(ERASURE)
        .where(ERASURE.ENDED_AT.isNull())
        .and(ERASURE.DUE_AT.le(now))
        .orderBy(ERASURE.DUE_AT)
        .limit(limit)
        .fetch(row -> new Due(new ErasureId(row.get(ERASURE.ID)), line(row.get(PAST))));
  }

  @Override
  public List<Target> targets(Collection<ErasureId> erasures, int limit) {
    return erasures.isEmpty()
        ? List.of()
        : ErasedMessages.targets(session.sql(), values(erasures), limit);
  }

  @Override
  public Erasure.Counts clear(Collection<MessageRef> messages) {
    return messages.isEmpty() ? Erasure.Counts.NONE : ErasedMessages.clear(session.sql(), messages);
  }

  @Override
  public void add(Map<ErasureId, Erasure.Counts> done) {
    done.forEach((id, counts) ->
        session
            .sql()
            .update(ERASURE)
            .set(ERASURE.CANCELLED, ERASURE.CANCELLED.plus(counts.cancelled()))
            .set(ERASURE.ERASED, ERASURE.ERASED.plus(counts.erased()))
            .set(ERASURE.WORDS, ERASURE.WORDS.plus(counts.words()))
            .where(ERASURE.ID.eq(id.value()))
            .execute());
  }

  @Override
  public void drawLine(Collection<ErasureId> erasures) {
    session
        .sql()
        .update(ERASURE)
        .set(ERASURE.LINE_AT, field("clock_timestamp()", SQLDataType.INSTANT))
        .where(among(erasures))
        .execute();
  }

  @Override
  public void defer(Collection<ErasureId> erasures, Instant until) {
    session.sql().update(ERASURE).set(ERASURE.DUE_AT, until).where(among(erasures)).execute();
  }

  @Override
  public void end(Collection<ErasureId> erasures, Instant now) {
    session
        .sql()
        .update(ERASURE)
        .set(ERASURE.ENDED_AT, now)
        .setNull(ERASURE.RECIPIENT_ID)
        .setNull(ERASURE.ADDRESS)
        .where(among(erasures))
        .execute();
  }

  private static Condition among(Collection<ErasureId> erasures) {
    return ERASURE.ID.eq(any(values(erasures)));
  }

  private static UUID[] values(Collection<ErasureId> erasures) {
    return erasures.stream().map(ErasureId::value).toArray(UUID[]::new);
  }

  private static Line line(@Nullable Boolean past) {
    if (past == null) {
      return Line.NONE;
    }
    return past ? Line.PAST : Line.AHEAD;
  }

  private static @Nullable Long recipient(Erasure.Subject subject) {
    return subject instanceof Erasure.Subject.OfRecipient known ? known.id().value() : null;
  }

  private static @Nullable String address(Erasure.Subject subject) {
    return subject instanceof Erasure.Subject.OfAddress place ? place.address().value() : null;
  }

  private static Erasure erasure(Record row) {
    return new Erasure(
        new ErasureId(row.get(ERASURE.ID)),
        new Erasure.Counts(
            row.get(ERASURE.CANCELLED), row.get(ERASURE.ERASED), row.get(ERASURE.WORDS)),
        row.get(ERASURE.REQUESTED_AT),
        row.get(ERASURE.ENDED_AT));
  }
}
