package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.GROUP_MEMBER;
import static dev.carillon.persistence.schema.Tables.RECIPIENT;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.carillon.application.port.RecipientCursor;
import dev.carillon.application.port.RecipientFilter;
import dev.carillon.application.port.RecipientOrder;
import dev.carillon.application.port.RecipientOrder.By;
import dev.carillon.application.port.RecipientPage;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/// Pages of recipients. Each order has an index that a page is read from where the one before
/// ended; how many fit is counted once, on the first page, and known without counting where nothing
/// is filtered.
final class RecipientLists {
  private final Session session;
  private final RecipientTally tally;

  RecipientLists(Session session, RecipientTally tally) {
    this.session = session;
    this.tally = tally;
  }

  RecipientPage list(Scope scope, RecipientFilter filter, RecipientPageRequest page) {
    RecipientCursor after = page.after();
    Condition wanted = matches(scope, filter, after, page.order());
    Table<?> recipients =
        filter.tags().isEmpty() && filter.expression() == null
            ? RECIPIENT
            : TagConditions.RECIPIENTS;
    long total = filter.isAll() ? tally.total(scope) : total(recipients, after, wanted);
    List<Recipient> items =
        new ArrayList<>(
            session
                .sql()
                .select(RecipientRows.FIELDS)
                .from(recipients)
                .where(wanted)
                .and(after == null ? noCondition() : after(after, page.order()))
                .orderBy(sorting(page.order()))
                .offset(page.skip())
                .limit(page.size() + 1)
                .fetch(RecipientRows::recipient));
    RecipientCursor next = null;
    if (items.size() > page.size()) {
      items.removeLast();
      next = cursor(items.getLast(), page.order().by(), total);
    }
    return new RecipientPage(items, next, total);
  }

  private long total(Table<?> recipients, @Nullable RecipientCursor after, Condition wanted) {
    return after == null
        ? session
            .sql()
            .selectCount()
            .from(recipients)
            .where(wanted)
            .fetchSingle(row -> row.value1().longValue())
        : after.totalSize();
  }

  private static RecipientCursor cursor(Recipient last, By by, long total) {
    return new RecipientCursor(
        switch (by) {
          case CREATE_TIME -> last.createdAt();
          case UPDATE_TIME -> last.updatedAt();
          case ID, LAST_NAME -> null;
        },
        by == By.LAST_NAME ? last.lastName() : null,
        last.id().value(),
        total);
  }

  private static Condition after(RecipientCursor cursor, RecipientOrder order) {
    boolean down = order.descending();
    return switch (order.by()) {
      case ID -> down ? RECIPIENT.ID.lt(cursor.id()) : RECIPIENT.ID.gt(cursor.id());
      case CREATE_TIME ->
          after(RECIPIENT.CREATED_AT, Objects.requireNonNull(cursor.time()), cursor.id(), down);
      case UPDATE_TIME ->
          after(RECIPIENT.UPDATED_AT, Objects.requireNonNull(cursor.time()), cursor.id(), down);
      case LAST_NAME ->
          after(RECIPIENT.LAST_NAME, Objects.requireNonNull(cursor.name()), cursor.id(), down);
    };
  }

  private static <T> Condition after(TableField<?, T> field, T value, long id, boolean down) {
    return down ? row(field, RECIPIENT.ID).lt(value, id) : row(field, RECIPIENT.ID).gt(value, id);
  }

  private static List<OrderField<?>> sorting(RecipientOrder order) {
    Field<?> first =
        switch (order.by()) {
          case ID -> RECIPIENT.ID;
          case CREATE_TIME -> RECIPIENT.CREATED_AT;
          case UPDATE_TIME -> RECIPIENT.UPDATED_AT;
          case LAST_NAME -> RECIPIENT.LAST_NAME;
        };
    return Stream.of(first, RECIPIENT.ID)
        .distinct()
        .<OrderField<?>>map(field -> order.descending() ? field.desc() : field.asc())
        .toList();
  }

  private static Condition matches(
      Scope scope, RecipientFilter filter, @Nullable RecipientCursor after, RecipientOrder order) {
    Condition matches =
        filter.tags().isEmpty()
            ? JooqRecipientRepository.within(scope)
            : TagConditions.carryAll(scope, filter.tags());
    if (filter.expression() != null) {
      matches = matches.and(TagConditions.fit(scope, filter.expression()));
    }
    if (filter.group() != null) {
      matches = matches.and(memberOf(filter.group(), after, order));
    }
    if (filter.channel() != null) {
      matches =
          matches.and(
              switch (filter.channel()) {
                case SMS -> RECIPIENT.SMS_PHONE.isNotNull();
                case WHATSAPP -> RECIPIENT.WHATSAPP_PHONE.isNotNull();
                case EMAIL -> RECIPIENT.EMAIL.isNotNull();
              });
    }
    return filter.text().isEmpty() ? matches : matches.and(contains(filter.text()));
  }

  /// Members are read from where the page before ended, too, and not from the first one again.
  private static Condition memberOf(
      GroupId group, @Nullable RecipientCursor after, RecipientOrder order) {
    Condition rest =
        after != null && order.equals(RecipientOrder.DEFAULT)
            ? GROUP_MEMBER.RECIPIENT_ID.gt(after.id())
            : noCondition();
    return RECIPIENT.ID.in(
        select(GROUP_MEMBER.RECIPIENT_ID)
            .from(GROUP_MEMBER)
            .where(GROUP_MEMBER.GROUP_ID.eq(group.value()))
            .and(rest));
  }

  /// The last name is compared letter by letter everywhere else; here letters of either case are
  /// the same, as the database knows them.
  private static Condition contains(String text) {
    Field<String> name =
        RECIPIENT.FIRST_NAME.concat(" ").concat(RECIPIENT.LAST_NAME.collate("default"));
    return Stream.of(
            name,
            RECIPIENT.EMAIL,
            RECIPIENT.SMS_PHONE,
            RECIPIENT.WHATSAPP_PHONE,
            RECIPIENT.REFERENCE)
        .map(field -> field.containsIgnoreCase(text))
        .reduce(Condition::or)
        .orElseThrow();
  }
}
