package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.API_KEY;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.ApiKeys;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.persistence.schema.tables.records.ApiKeyRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// What is known about API keys, in PostgreSQL. A key is found by the hash of its secret alone.
final class JooqApiKeys implements ApiKeys {
  private static final String LOCKED = "locked";
  private static final Field<String> USED_ID = field(name("used", "id"), SQLDataType.CLOB);
  private static final Field<Instant> USED_AT = field(name("used", "at"), SQLDataType.INSTANT);

  private final Session session;

  JooqApiKeys(Session session) {
    this.session = session;
  }

  @Override
  public void insert(ApiKey key, String secret) {
    session
        .sql()
        .insertInto(API_KEY)
        .set(ApiKeyRows.toRow(key).setKeyHash(ApiKeyHash.of(secret)))
        .execute();
  }

  @Override
  public Optional<ApiKey> find(ApiKeyId id) {
    return session
        .sql()
        .selectFrom(API_KEY)
        .where(API_KEY.ID.eq(id.value()))
        .fetchOptional(ApiKeyRows::key);
  }

  @Override
  public boolean revoke(ApiKeyId id, String by, Instant now) {
    return session
            .sql()
            .update(API_KEY)
            .set(API_KEY.REVOKED_AT, now)
            .set(API_KEY.REVOKED_BY, by)
            .where(API_KEY.ID.eq(id.value()))
            .and(API_KEY.REVOKED_AT.isNull())
            .execute()
        > 0;
  }

  @Override
  public Page<ApiKey> list(
      BusinessId business,
      @Nullable Environment environment,
      @Nullable Instant livingAt,
      PageRequest page) {
    Condition wanted =
        API_KEY
            .BUSINESS_ID
            .eq(business.value())
            .and(environment == null ? noCondition() : API_KEY.ENVIRONMENT.eq(environment.name()))
            .and(livingAt == null ? noCondition() : livesAt(livingAt));
    List<ApiKeyRecord> rows =
        session
            .sql()
            .selectFrom(API_KEY)
            .where(wanted)
            .and(API_KEY.NUMBER.lt(page.after().orElse(Long.MAX_VALUE)))
            .orderBy(API_KEY.NUMBER.desc())
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch();
    return Pages.of(rows, ApiKeyRecord::getNumber, page, session.sql().fetchCount(API_KEY, wanted))
        .map(ApiKeyRows::key);
  }

  @Override
  public void noteUses(Map<ApiKeyId, Instant> uses) {
    String[] ids = uses.keySet().stream().map(ApiKeyId::value).toArray(String[]::new);
    String[] times = uses.values().stream().map(Instant::toString).toArray(String[]::new);
    Table<?> used =
        table("unnest({0}, {1}::timestamptz[])", val(ids), val(times)).as("used", "id", "at");
    // Locked in order first, so that nodes that do this at once wait for each other and no more.
    session
        .sql()
        .with(LOCKED)
        .as(
            select(API_KEY.ID)
                .from(API_KEY)
                .where(API_KEY.ID.eq(any(ids)))
                .orderBy(API_KEY.ID)
                .forNoKeyUpdate())
        .update(API_KEY)
        .set(API_KEY.LAST_USED_AT, USED_AT)
        .from(used, table(name(LOCKED)))
        .where(API_KEY.ID.eq(USED_ID))
        .and(API_KEY.ID.eq(field(name(LOCKED, "id"), SQLDataType.CLOB)))
        .and(API_KEY.LAST_USED_AT.isNull().or(API_KEY.LAST_USED_AT.lt(USED_AT)))
        .execute();
  }

  private static Condition livesAt(Instant time) {
    return API_KEY
        .REVOKED_AT
        .isNull()
        .and(API_KEY.EXPIRES_AT.isNull().or(API_KEY.EXPIRES_AT.gt(time)));
  }
}
