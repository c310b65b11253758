package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.BUSINESS;
import static org.jooq.impl.DSL.noCondition;

import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.persistence.schema.tables.records.BusinessRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;

/// Tenants in PostgreSQL.
final class JooqBusinesses implements Businesses {
  private static final Condition IS_STOPPED = BUSINESS.STOPPED_AT.isNotNull();

  private final Session session;

  JooqBusinesses(Session session) {
    this.session = session;
  }

  @Override
  public Business insert(Profile profile, String currency, Terms terms, Instant now) {
    return session
        .sql()
        .insertInto(BUSINESS)
        .set(BusinessRows.toRow(profile, terms).setCurrency(currency).setCreatedAt(now))
        .returning()
        .fetchSingle(BusinessRows::business);
  }

  @Override
  public Optional<Business> find(BusinessId id) {
    return session
        .sql()
        .selectFrom(BUSINESS)
        .where(BUSINESS.ID.eq(id.value()))
        .fetchOptional(BusinessRows::business);
  }

  @Override
  public Optional<Business> lock(BusinessId id) {
    // No key of it ever changes, so that inserts of rows that refer to it need not wait.
    return session
        .sql()
        .selectFrom(BUSINESS)
        .where(BUSINESS.ID.eq(id.value()))
        .forNoKeyUpdate()
        .fetchOptional(BusinessRows::business);
  }

  @Override
  public void update(Business business) {
    session
        .sql()
        .update(BUSINESS)
        .set(BusinessRows.changes(business))
        .where(BUSINESS.ID.eq(business.id().value()))
        .execute();
  }

  @Override
  public Page<Business> list(boolean stoppedOnly, PageRequest page) {
    Condition wanted = stoppedOnly ? IS_STOPPED : noCondition();
    List<BusinessRecord> rows =
        session
            .sql()
            .selectFrom(BUSINESS)
            .where(wanted)
            .and(BUSINESS.ID.gt(page.after().orElse(0)))
            .orderBy(BUSINESS.ID)
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch();
    return Pages.of(rows, BusinessRecord::getId, page, session.sql().fetchCount(BUSINESS, wanted))
        .map(BusinessRows::business);
  }

  @Override
  public Set<BusinessId> stopped() {
    return Set.copyOf(
        session
            .sql()
            .select(BUSINESS.ID)
            .from(BUSINESS)
            .where(IS_STOPPED)
            .fetch(row -> new BusinessId(row.value1())));
  }
}
