package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT;
import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.arrayOverlap;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.TagCondition;
import dev.carillon.domain.recipient.TagExpression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;

/// What the tags of recipients must be like, as a condition on the rows of one scope. Tags that are
/// wanted are asked for together with their scope, which is how they are indexed; those that are
/// not wanted are looked for in the row, since no index tells who lacks them.
final class TagConditions {
  /// The table as the tenant sees it, where the index over tags can be used. To be read instead of
  /// the table itself wherever one of these conditions is asked for.
  static final Table<?> RECIPIENTS = table(name("own_recipient")).as(RECIPIENT);

  private static final Field<String[]> SCOPED =
      scoped(RECIPIENT.BUSINESS_ID, RECIPIENT.ENVIRONMENT, RECIPIENT.TAGS);

  private final Scope scope;

  private TagConditions(Scope scope) {
    this.scope = scope;
  }

  /// Recipients of the scope whose tags fit the expression.
  static Condition fit(Scope scope, TagExpression expression) {
    return JooqRecipientRepository.within(scope)
        .and(new TagConditions(scope).best(expression.condition()));
  }

  /// Recipients of the scope that carry all of these tags.
  static Condition carryAll(Scope scope, Collection<String> tags) {
    return JooqRecipientRepository.within(scope).and(new TagConditions(scope).all(tags));
  }

  /// Whether an index can tell who might fit: not so by what somebody lacks.
  private static boolean isIndexed(TagCondition condition) {
    return switch (condition) {
      case TagCondition.Has _ -> true;
      case TagCondition.Not _ -> false;
      case TagCondition.All(List<TagCondition> parts) ->
          parts.stream().anyMatch(TagConditions::isIndexed);
      case TagCondition.Any(List<TagCondition> parts) ->
          parts.stream().allMatch(TagConditions::isIndexed);
    };
  }

  /// By the index where it helps, and without the cost of asking for its keys where it does not.
  private Condition best(TagCondition condition) {
    return isIndexed(condition) ? indexed(condition) : plain(condition);
  }

  private Condition indexed(TagCondition condition) {
    return switch (condition) {
      case TagCondition.Has(String tag) -> all(List.of(tag));
      case TagCondition.Not not -> plain(not);
      case TagCondition.All(List<TagCondition> parts) -> and(joined(parts, this::all));
      case TagCondition.Any(List<TagCondition> parts) -> or(joined(parts, this::any));
    };
  }

  /// Tags that stand side by side are one look into the index.
  private List<Condition> joined(
      List<TagCondition> parts, Function<Collection<String>, Condition> ofTags) {
    List<Condition> conditions = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    for (TagCondition part : parts) {
      if (part instanceof TagCondition.Has(String tag)) {
        tags.add(tag);
      } else {
        conditions.add(best(part));
      }
    }
    if (!tags.isEmpty()) {
      conditions.addFirst(ofTags.apply(tags));
    }
    return conditions;
  }

  private Condition any(Collection<String> tags) {
    return arrayOverlap(SCOPED, wanted(tags));
  }

  private Condition all(Collection<String> tags) {
    return SCOPED.contains(wanted(tags));
  }

  private Field<String[]> wanted(Collection<String> tags) {
    return scoped(
        val(scope.business().value()),
        val(scope.environment().name()),
        val(tags.toArray(String[]::new), RECIPIENT.TAGS));
  }

  private static Condition plain(TagCondition condition) {
    return switch (condition) {
      case TagCondition.Has(String tag) -> RECIPIENT.TAGS.contains(new String[] {tag});
      case TagCondition.Not(TagCondition negated) -> not(plain(negated));
      case TagCondition.All(List<TagCondition> parts) ->
          and(parts.stream().map(TagConditions::plain).toList());
      case TagCondition.Any(List<TagCondition> parts) ->
          or(parts.stream().map(TagConditions::plain).toList());
    };
  }

  private static Field<String[]> scoped(
      Field<Long> business, Field<String> environment, Field<String[]> tags) {
    return function("scoped_tags", RECIPIENT.TAGS.getDataType(), business, environment, tags);
  }
}
