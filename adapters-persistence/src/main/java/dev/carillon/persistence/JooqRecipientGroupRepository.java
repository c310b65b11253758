package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT_GROUP;
import static org.jooq.impl.DSL.noCondition;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.MemberCounts;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.persistence.schema.tables.records.RecipientGroupRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.SelectConditionStep;
import org.jooq.exception.IntegrityConstraintViolationException;

/// Groups of recipients in PostgreSQL.
final class JooqRecipientGroupRepository implements RecipientGroupRepository {
  /// unique_violation (PostgreSQL manual, Appendix A).
  private static final String TAKEN = "23505";

  private final Session session;
  private final GroupMembers members;

  JooqRecipientGroupRepository(Session session) {
    this.session = session;
    this.members = new GroupMembers(session);
  }

  @Override
  public RecipientGroup insert(Scope scope, PublicGroupId id, GroupDetails details, Instant now) {
    RecipientGroupRecord row = new RecipientGroupRecord();
    row.setPublicId(id.value());
    row.setBusinessId(scope.business().value());
    row.setEnvironment(scope.environment().name());
    row.setVersion(1L);
    row.setCreatedAt(now);
    row.setUpdatedAt(now);
    GroupRows.write(row, details);
    return unlessTaken(() ->
        session
            .sql()
            .insertInto(RECIPIENT_GROUP)
            .set(row)
            .returning()
            .fetchSingle(GroupRows::group));
  }

  @Override
  public Optional<RecipientGroup> find(Scope scope, PublicGroupId id) {
    return read(scope, id).fetchOptional(GroupRows::group);
  }

  @Override
  public Optional<RecipientGroup> lock(Scope scope, PublicGroupId id) {
    return read(scope, id).forUpdate().fetchOptional(GroupRows::group);
  }

  @Override
  public Optional<RecipientGroup> hold(Scope scope, PublicGroupId id) {
    return read(scope, id).forKeyShare().fetchOptional(GroupRows::group);
  }

  @Override
  public void save(RecipientGroup group) {
    RecipientGroupRecord row = new RecipientGroupRecord();
    row.setVersion(group.version());
    row.setUpdatedAt(group.updatedAt());
    GroupRows.write(row, group.details());
    unlessTaken(() ->
        session
            .sql()
            .update(RECIPIENT_GROUP)
            .set(row)
            .where(RECIPIENT_GROUP.ID.eq(group.id().value()))
            .execute());
  }

  @Override
  public void delete(GroupId id) {
    session.sql().deleteFrom(RECIPIENT_GROUP).where(RECIPIENT_GROUP.ID.eq(id.value())).execute();
  }

  @Override
  public Page<RecipientGroup> list(Scope scope, PageRequest page) {
    List<RecipientGroup> groups =
        session
            .sql()
            .selectFrom(RECIPIENT_GROUP)
            .where(within(scope))
            .and(
                page.after().isPresent()
                    ? RECIPIENT_GROUP.ID.lt(page.after().getAsLong())
                    : noCondition())
            .orderBy(RECIPIENT_GROUP.ID.desc())
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch(GroupRows::group);
    return Pages.of(
        groups,
        group -> group.id().value(),
        page,
        session.sql().fetchCount(RECIPIENT_GROUP, within(scope)));
  }

  @Override
  public Map<GroupId, MemberCounts> count(Scope scope, Collection<RecipientGroup> groups) {
    return members.counts(scope, groups);
  }

  @Override
  public Changed add(Scope scope, GroupId group, Collection<RecipientKey> recipients) {
    return members.add(scope, group, recipients);
  }

  @Override
  public Changed remove(Scope scope, GroupId group, Collection<RecipientKey> recipients) {
    return members.remove(scope, group, recipients);
  }

  private SelectConditionStep<RecipientGroupRecord> read(Scope scope, PublicGroupId id) {
    return session
        .sql()
        .selectFrom(RECIPIENT_GROUP)
        .where(within(scope))
        .and(RECIPIENT_GROUP.PUBLIC_ID.eq(id.value()));
  }

  private static Condition within(Scope scope) {
    return ScopeRows.is(scope, RECIPIENT_GROUP.BUSINESS_ID, RECIPIENT_GROUP.ENVIRONMENT);
  }

  private static <T> T unlessTaken(Supplier<T> work) {
    try {
      return work.get();
    } catch (IntegrityConstraintViolationException violation) {
      if (!TAKEN.equals(violation.sqlState())) {
        throw violation;
      }
      throw new DomainException(
          new DomainError.AlreadyExists(
              DomainError.NotFound.Kind.RECIPIENT_GROUP, "recipient_group.name", ""));
    }
  }
}
