package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.TEMPLATE;
import static dev.carillon.persistence.schema.Tables.TEMPLATE_VERSION;
import static org.jooq.impl.DSL.noCondition;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.TemplateRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.persistence.schema.tables.records.TemplateRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// Templates in PostgreSQL.
final class JooqTemplateRepository implements TemplateRepository {
  /// unique_violation (PostgreSQL manual, Appendix A).
  private static final String TAKEN = "23505";

  private final Session session;

  JooqTemplateRepository(Session session) {
    this.session = session;
  }

  @Override
  public boolean insert(Scope scope, Template template) {
    Optional<Long> id =
        session
            .sql()
            .insertInto(TEMPLATE)
            .set(TemplateRows.toRow(scope, template.head()))
            .onConflict(TEMPLATE.BUSINESS_ID, TEMPLATE.ENVIRONMENT, TEMPLATE.NAME)
            .doNothing()
            .returningResult(TEMPLATE.ID)
            .fetchOptional(Record1::value1);
    id.ifPresent(number -> append(number, template.version()));
    return id.isPresent();
  }

  @Override
  public Optional<Template> find(Scope scope, TemplateId id, int version) {
    Condition wanted =
        version == LATEST
            ? TEMPLATE_VERSION.VERSION.eq(TEMPLATE.LATEST)
            : TEMPLATE_VERSION.VERSION.eq(version);
    return read(scope, id).and(wanted).fetchOptional(TemplateRows::template);
  }

  @Override
  public Optional<Template> lock(Scope scope, TemplateId id) {
    // Locked first, and then read: a read that has waited for the lock would join the new head with
    // the version that was the latest before.
    return session
        .sql()
        .select(TEMPLATE.ID)
        .from(TEMPLATE)
        .where(within(scope))
        .and(TEMPLATE.TEMPLATE_ID.eq(id.value()))
        .forUpdate()
        .fetchOptional()
        .flatMap(_ -> find(scope, id, LATEST));
  }

  @Override
  public boolean update(Scope scope, Template template) {
    Optional<Long> id = updateHead(scope, template.head());
    id.ifPresent(number -> append(number, template.version()));
    return id.isPresent();
  }

  @Override
  public boolean delete(Scope scope, TemplateId id) {
    return session
            .sql()
            .deleteFrom(TEMPLATE)
            .where(within(scope))
            .and(TEMPLATE.TEMPLATE_ID.eq(id.value()))
            .execute()
        > 0;
  }

  @Override
  public Page<Template.Head> list(Scope scope, @Nullable Channel channel, PageRequest page) {
    Condition wanted =
        within(scope).and(channel == null ? noCondition() : TEMPLATE.CHANNEL.eq(channel.name()));
    List<TemplateRecord> rows =
        session
            .sql()
            .selectFrom(TEMPLATE)
            .where(wanted)
            .and(
                page.after().isPresent() ? TEMPLATE.ID.lt(page.after().getAsLong()) : noCondition())
            .orderBy(TEMPLATE.ID.desc())
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch();
    return Pages.of(rows, TemplateRecord::getId, page, session.sql().fetchCount(TEMPLATE, wanted))
        .map(TemplateRows::head);
  }

  private Optional<Long> updateHead(Scope scope, Template.Head head) {
    try {
      return session
          .sql()
          .update(TEMPLATE)
          .set(TemplateRows.changes(head))
          .where(within(scope))
          .and(TEMPLATE.TEMPLATE_ID.eq(head.id().value()))
          .returningResult(TEMPLATE.ID)
          .fetchOptional(Record1::value1);
    } catch (IntegrityConstraintViolationException taken) {
      if (TAKEN.equals(taken.sqlState())) {
        return Optional.empty();
      }
      throw taken;
    }
  }

  /// A version that is there already is the same: versions never change.
  private void append(long template, Template.Version version) {
    session
        .sql()
        .insertInto(TEMPLATE_VERSION)
        .set(TemplateRows.toRow(template, version))
        .onConflict(TEMPLATE_VERSION.TEMPLATE, TEMPLATE_VERSION.VERSION)
        .doNothing()
        .execute();
  }

  private SelectConditionStep<Record> read(Scope scope, TemplateId id) {
    List<Field<?>> fields = new ArrayList<>(List.of(TEMPLATE.fields()));
    fields.addAll(List.of(TEMPLATE_VERSION.fields()));
    return session
        .sql()
        .select(fields)
        .from(TEMPLATE)
        .join(TEMPLATE_VERSION)
        .on(TEMPLATE_VERSION.TEMPLATE.eq(TEMPLATE.ID))
        .where(within(scope))
        .and(TEMPLATE.TEMPLATE_ID.eq(id.value()));
  }

  private static Condition within(Scope scope) {
    return ScopeRows.is(scope, TEMPLATE.BUSINESS_ID, TEMPLATE.ENVIRONMENT);
  }
}
