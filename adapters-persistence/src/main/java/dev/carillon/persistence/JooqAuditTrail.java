package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.AUDIT_ENTRY;
import static org.jooq.impl.DSL.noCondition;

import dev.carillon.application.port.AuditTrail;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.AuditEntry.Actor;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.schema.tables.records.AuditEntryRecord;
import java.util.List;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/// Who changed what, in PostgreSQL, which refuses to change it itself.
final class JooqAuditTrail implements AuditTrail {
  private final Session session;

  JooqAuditTrail(Session session) {
    this.session = session;
  }

  @Override
  public void append(AuditEntry entry) {
    session.sql().insertInto(AUDIT_ENTRY).set(toRow(entry)).execute();
  }

  @Override
  public Page<AuditEntry> list(
      @Nullable BusinessId business, @Nullable Environment environment, PageRequest page) {
    Condition wanted = wanted(business, environment);
    List<AuditEntryRecord> rows =
        session
            .sql()
            .selectFrom(AUDIT_ENTRY)
            .where(wanted)
            .and(AUDIT_ENTRY.ID.lt(page.after().orElse(Long.MAX_VALUE)))
            .orderBy(AUDIT_ENTRY.ID.desc())
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch();
    return Pages.of(
            rows, AuditEntryRecord::getId, page, session.sql().fetchCount(AUDIT_ENTRY, wanted))
        .map(JooqAuditTrail::entry);
  }

  private static Condition wanted(
      @Nullable BusinessId business, @Nullable Environment environment) {
    Condition ofBusiness =
        business == null ? noCondition() : AUDIT_ENTRY.BUSINESS_ID.eq(business.value());
    return environment == null
        ? ofBusiness
        : ofBusiness.and(
            AUDIT_ENTRY.ENVIRONMENT.isNull().or(AUDIT_ENTRY.ENVIRONMENT.eq(environment.name())));
  }

  private static AuditEntryRecord toRow(AuditEntry entry) {
    BusinessId business = entry.subject().business();
    Environment environment = entry.subject().environment();
    return new AuditEntryRecord()
        .setAt(entry.at())
        .setActor(entry.actor().principal())
        .setRole(entry.actor().role().name())
        .setBusinessId(business == null ? null : business.value())
        .setEnvironment(environment == null ? null : environment.name())
        .setAction(entry.action())
        .setSubject(entry.subject().name())
        .setBefore(Json.of(entry.before()))
        .setAfter(Json.of(entry.after()));
  }

  private static AuditEntry entry(AuditEntryRecord row) {
    Long business = row.getBusinessId();
    String environment = row.getEnvironment();
    return new AuditEntry(
        row.getAt(),
        new Actor(row.getActor(), Role.valueOf(row.getRole())),
        row.getAction(),
        new Subject(
            business == null ? null : new BusinessId(business),
            environment == null ? null : Environment.valueOf(environment),
            row.getSubject()),
        Json.map(row.getBefore()),
        Json.map(row.getAfter()));
  }
}
