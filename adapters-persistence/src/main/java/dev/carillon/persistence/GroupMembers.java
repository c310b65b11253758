package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.GROUP_MEMBER;
import static dev.carillon.persistence.schema.Tables.RECIPIENT;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.RecipientGroupRepository.Changed;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.MemberCounts;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.domain.recipient.TagExpression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.impl.SQLDataType;

/// Who is in a group: the rows of static ones, and what the tags say of dynamic ones.
final class GroupMembers {
  private static final Field<Long> WANTED = field(name("wanted", "id"), SQLDataType.BIGINT);
  private static final Field<Integer> ALL = count();
  private static final Field<Integer> SMS = count(RECIPIENT.SMS_PHONE);
  private static final Field<Integer> WHATSAPP = count(RECIPIENT.WHATSAPP_PHONE);
  private static final Field<Integer> EMAIL = count(RECIPIENT.EMAIL);

  private final Session session;

  GroupMembers(Session session) {
    this.session = session;
  }

  /// Everybody in a group of the scope, static or dynamic, as a condition on recipients.
  static Condition of(Scope scope, RecipientGroup group) {
    TagExpression tags = group.details().tags();
    return tags == null
        ? JooqRecipientRepository.within(scope).and(RECIPIENT.ID.in(in(group)))
        : TagConditions.fit(scope, tags);
  }

  private static Select<Record1<Long>> in(RecipientGroup group) {
    return select(GROUP_MEMBER.RECIPIENT_ID)
        .from(GROUP_MEMBER)
        .where(GROUP_MEMBER.GROUP_ID.eq(group.id().value()));
  }

  /// The recipients are kept from being deleted first, in the order of their numbers, so that two
  /// calls that name the same ones do not wait for each other in a circle.
  Changed add(Scope scope, GroupId group, Collection<RecipientKey> keys) {
    Result<? extends Record> known = read(scope, keys).forKeyShare().fetch();
    int added =
        session
            .sql()
            .insertInto(GROUP_MEMBER, GROUP_MEMBER.GROUP_ID, GROUP_MEMBER.RECIPIENT_ID)
            .select(
                select(val(group.value()), WANTED)
                    .from(table("unnest({0})", val(numbers(known))).as("wanted", "id")))
            .onConflictDoNothing()
            .execute();
    return changed(added, known, keys);
  }

  Changed remove(Scope scope, GroupId group, Collection<RecipientKey> keys) {
    Result<? extends Record> known = read(scope, keys).fetch();
    int removed =
        session
            .sql()
            .deleteFrom(GROUP_MEMBER)
            .where(GROUP_MEMBER.GROUP_ID.eq(group.value()))
            .and(GROUP_MEMBER.RECIPIENT_ID.eq(any(numbers(known))))
            .execute();
    return changed(removed, known, keys);
  }

  Map<GroupId, MemberCounts> counts(Scope scope, Collection<RecipientGroup> groups) {
    Map<GroupId, MemberCounts> counts = new HashMap<>(countStatic(groups));
    for (RecipientGroup group : groups) {
      TagExpression tags = group.details().tags();
      if (tags == null) {
        counts.putIfAbsent(group.id(), MemberCounts.NONE);
      } else {
        counts.put(group.id(), countDynamic(scope, tags));
      }
    }
    return counts;
  }

  private Map<GroupId, MemberCounts> countStatic(Collection<RecipientGroup> groups) {
    Long[] ids =
        groups.stream()
            .filter(group -> !group.isDynamic())
            .map(group -> group.id().value())
            .toArray(Long[]::new);
    if (ids.length == 0) {
      return Map.of();
    }
    return session
        .sql()
        .select(GROUP_MEMBER.GROUP_ID, ALL, SMS, WHATSAPP, EMAIL)
        .from(GROUP_MEMBER)
        .join(RECIPIENT)
        .on(RECIPIENT.ID.eq(GROUP_MEMBER.RECIPIENT_ID))
        .where(GROUP_MEMBER.GROUP_ID.eq(any(ids)))
        .groupBy(GROUP_MEMBER.GROUP_ID)
        .fetchMap(row -> new GroupId(row.value1()), GroupMembers::memberCounts);
  }

  private MemberCounts countDynamic(Scope scope, TagExpression tags) {
    return session
        .sql()
        .select(ALL, SMS, WHATSAPP, EMAIL)
        .from(TagConditions.RECIPIENTS)
        .where(TagConditions.fit(scope, tags))
        .fetchSingle(GroupMembers::memberCounts);
  }

  private SelectForUpdateStep<? extends Record> read(Scope scope, Collection<RecipientKey> keys) {
    List<Long> numbers = new ArrayList<>();
    List<UUID> ids = new ArrayList<>();
    for (RecipientKey key : keys) {
      switch (key) {
        case RecipientId(long number) -> numbers.add(number);
        case PublicRecipientId(UUID id) -> ids.add(id);
      }
    }
    Condition wanted = noCondition();
    if (!numbers.isEmpty()) {
      wanted = wanted.or(RECIPIENT.ID.eq(any(numbers.toArray(Long[]::new))));
    }
    if (!ids.isEmpty()) {
      wanted = wanted.or(RECIPIENT.PUBLIC_ID.eq(any(ids.toArray(UUID[]::new))));
    }
    return session
        .sql()
        .select(RECIPIENT.ID, RECIPIENT.PUBLIC_ID)
        .from(RECIPIENT)
        .where(JooqRecipientRepository.within(scope))
        .and(wanted)
        .orderBy(RECIPIENT.ID);
  }

  private static Changed changed(
      int changed, Result<? extends Record> known, Collection<RecipientKey> keys) {
    Set<RecipientKey> unknown = new HashSet<>(keys);
    for (Record row : known) {
      unknown.remove(new RecipientId(row.get(RECIPIENT.ID)));
      unknown.remove(new PublicRecipientId(row.get(RECIPIENT.PUBLIC_ID)));
    }
    return new Changed(changed, known.size() - changed, unknown);
  }

  private static Long[] numbers(Result<? extends Record> known) {
    return known.getValues(RECIPIENT.ID).toArray(Long[]::new);
  }

  private static MemberCounts memberCounts(Record row) {
    return new MemberCounts(row.get(ALL), row.get(SMS), row.get(WHATSAPP), row.get(EMAIL));
  }
}
