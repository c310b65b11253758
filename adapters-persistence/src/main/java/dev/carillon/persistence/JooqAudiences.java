package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT;
import static org.jooq.impl.DSL.any;

import dev.carillon.application.port.Audiences;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.TagExpression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.Record;
import org.jooq.TableField;

/// Audiences in PostgreSQL: one statement, whose rows come page by page, so that all of them are as
/// they were when it began.
final class JooqAudiences implements Audiences {
  private final Session session;
  private final JooqRecipientGroupRepository groups;

  JooqAudiences(Session session) {
    this.session = session;
    this.groups = new JooqRecipientGroupRepository(session);
  }

  @Override
  public void read(Scope scope, Selection selection, int pageSize, Consumer<List<Pick>> page) {
    switch (selection) {
      case Selection.Ids(List<RecipientId> ids) -> readIds(scope, ids, pageSize, page);
      case Selection.Group(String group) ->
          readAll(GroupMembers.of(scope, group(scope, group)), pageSize, page);
      case Selection.Tags(TagExpression expression) ->
          readAll(TagConditions.fit(scope, expression), pageSize, page);
    }
  }

  @Override
  public Set<String> ofGroup(
      Scope scope, Channel channel, String group, Collection<String> addresses) {
    TableField<?, String> address =
        switch (channel) {
          case SMS -> RECIPIENT.SMS_PHONE;
          case WHATSAPP -> RECIPIENT.WHATSAPP_PHONE;
          case EMAIL -> RECIPIENT.EMAIL;
        };
    return new HashSet<>(
        session
            .sql()
            .select(address)
            .from(TagConditions.RECIPIENTS)
            .where(GroupMembers.of(scope, group(scope, group)))
            .and(address.eq(any(addresses.toArray(String[]::new))))
            .fetch(address));
  }

  private void readAll(Condition wanted, int pageSize, Consumer<List<Pick>> page) {
    try (Cursor<? extends Record> rows =
        session
            .sql()
            .select(RecipientRows.FIELDS)
            .from(TagConditions.RECIPIENTS)
            .where(wanted)
            .orderBy(RECIPIENT.ID)
            .fetchSize(pageSize)
            .fetchLazy()) {
      while (rows.hasNext()) {
        page.accept(picks(rows.fetchNext(pageSize)));
      }
    }
  }

  private static List<Pick> picks(List<? extends Record> rows) {
    List<Pick> picks = new ArrayList<>(rows.size());
    for (Record row : rows) {
      picks.add(new Pick.Known(RecipientRows.recipient(row)));
    }
    return picks;
  }

  private void readIds(
      Scope scope, List<RecipientId> ids, int pageSize, Consumer<List<Pick>> page) {
    Map<RecipientId, Recipient> known = known(scope, ids);
    for (int first = 0; first < ids.size(); first += pageSize) {
      page.accept(
          ids.subList(first, Math.min(first + pageSize, ids.size())).stream()
              .map(id ->
                  known.containsKey(id) ? new Pick.Known(known.get(id)) : new Pick.Unknown(id))
              .map(Pick.class::cast)
              .toList());
    }
  }

  private Map<RecipientId, Recipient> known(Scope scope, List<RecipientId> ids) {
    return session
        .sql()
        .select(RecipientRows.FIELDS)
        .from(RECIPIENT)
        .where(ScopeRows.is(scope, RECIPIENT.BUSINESS_ID, RECIPIENT.ENVIRONMENT))
        .and(RECIPIENT.ID.eq(any(ids.stream().map(RecipientId::value).toArray(Long[]::new))))
        .fetch(RecipientRows::recipient)
        .stream()
        .collect(Collectors.toMap(Recipient::id, Function.identity()));
  }

  private RecipientGroup group(Scope scope, String id) {
    return PublicGroupId.parse(id)
        .flatMap(publicId -> groups.find(scope, publicId))
        .orElseThrow(() ->
            new DomainException(
                new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT_GROUP, id)));
  }
}
