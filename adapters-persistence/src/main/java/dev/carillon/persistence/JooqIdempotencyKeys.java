package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.IDEMPOTENCY_KEY;

import dev.carillon.application.port.IdempotencyKeys;
import dev.carillon.domain.business.Scope;
import dev.carillon.persistence.schema.tables.records.IdempotencyKeyRecord;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import org.jooq.Condition;

/// Request ids in PostgreSQL. The insert comes first: whoever meets an uncommitted row of another
/// waits there for its end.
final class JooqIdempotencyKeys implements IdempotencyKeys {
  private final Session session;

  JooqIdempotencyKeys(Session session) {
    this.session = session;
  }

  @Override
  public Claim claim(
      Scope scope, String method, String requestId, byte[] fingerprint, Instant now) {
    int inserted =
        session
            .sql()
            .insertInto(IDEMPOTENCY_KEY)
            .set(IDEMPOTENCY_KEY.BUSINESS_ID, scope.business().value())
            .set(IDEMPOTENCY_KEY.ENVIRONMENT, scope.environment().name())
            .set(IDEMPOTENCY_KEY.METHOD, method)
            .set(IDEMPOTENCY_KEY.REQUEST_ID, requestId)
            .set(IDEMPOTENCY_KEY.FINGERPRINT, fingerprint)
            .set(IDEMPOTENCY_KEY.CREATED_AT, now)
            .onConflictDoNothing()
            .execute();
    return inserted == 1 ? new Claim.First() : known(scope, method, requestId, fingerprint);
  }

  @Override
  public void answer(Scope scope, String method, String requestId, Map<String, String> answer) {
    session
        .sql()
        .update(IDEMPOTENCY_KEY)
        .set(IDEMPOTENCY_KEY.ANSWER, Json.of(answer))
        .where(key(scope, method, requestId))
        .execute();
  }

  private Claim known(Scope scope, String method, String requestId, byte[] fingerprint) {
    IdempotencyKeyRecord row =
        session
            .sql()
            .selectFrom(IDEMPOTENCY_KEY)
            .where(key(scope, method, requestId))
            .fetchSingle();
    return MessageDigest.isEqual(row.getFingerprint(), fingerprint)
        ? new Claim.Repeated(Json.map(row.getAnswer()))
        : new Claim.Reused();
  }

  private static Condition key(Scope scope, String method, String requestId) {
    return ScopeRows.is(scope, IDEMPOTENCY_KEY.BUSINESS_ID, IDEMPOTENCY_KEY.ENVIRONMENT)
        .and(IDEMPOTENCY_KEY.METHOD.eq(method))
        .and(IDEMPOTENCY_KEY.REQUEST_ID.eq(requestId));
  }
}
