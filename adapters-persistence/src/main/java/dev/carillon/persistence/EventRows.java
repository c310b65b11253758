package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.EVENT;
import static dev.carillon.persistence.schema.Tables.EVENT_COUNTER;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageChanges;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.ToldStatuses;
import dev.carillon.domain.webhook.BalanceEvent;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.JobEvent;
import dev.carillon.domain.webhook.OutwardEvent;
import dev.carillon.persistence.schema.tables.records.EventRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/// Between rows of events and the domain.
final class EventRows {
  private static final List<String> ALL =
      Arrays.stream(EventType.values()).map(EventType::label).sorted().toList();

  /// The bits of an id that tell an event of a message from the others of its row.
  private static final long PLACE_BITS = 0xffff;

  private EventRows() {}

  /// Rows that have events of these types; of all that this version knows of when there is none.
  /// While nodes of a newer one run beside it there may be others, which are left to them.
  static Condition isKnown(Set<EventType> types) {
    if (types.isEmpty()) {
      return EVENT.EVENT_.in(ALL).or(EVENT.KINDS.isNotNull());
    }
    Condition single = EVENT.EVENT_.in(types.stream().map(EventType::label).sorted().toList());
    List<MessageStatus> statuses =
        types.stream().flatMap(type -> type.messageStatus().stream()).toList();
    return statuses.isEmpty() ? single : single.or(tellOf(ToldStatuses.of(statuses)));
  }

  private static Condition tellOf(ToldStatuses told) {
    return condition("{0} & {1} <> 0", EVENT.KINDS.cast(SQLDataType.INTEGER), inline(told.bits()));
  }

  /// Whether this version knows what a row tells.
  static boolean isKnown(EventRecord row) {
    return isOfMessages(row) || EventType.ofLabel(row.getEvent()).isPresent();
  }

  /// Numbers of rows of which all that is told is there.
  static Condition isKept(Field<Long> number) {
    return number.gt(select(EVENT_COUNTER.DROPPED).from(EVENT_COUNTER));
  }

  /// Whether the row is about messages, and may be many events.
  static boolean isOfMessages(EventRecord row) {
    return row.getKinds() != null;
  }

  static Scope scope(EventRecord row) {
    return ScopeRows.of(row.getBusinessId(), row.getEnvironment());
  }

  /// What a row about messages has packed.
  static MessageChanges changes(EventRecord row) {
    return new MessageChanges(
        new ChunkKey(new JobId(row.getJobId()), 0),
        row.getFirstPosition(),
        row.getChanged(),
        row.getStatuses(),
        row.getCarriers(),
        row.getReasons());
  }

  /// The id of an event of a message, by the id of its row and its place there.
  static EventId id(UUID row, int index) {
    return new EventId(
        new UUID(row.getMostSignificantBits(), row.getLeastSignificantBits() | index));
  }

  /// Which rows may have the event of this id.
  static Condition mayHave(EventId id) {
    UUID own = id.value();
    UUID row = new UUID(own.getMostSignificantBits(), own.getLeastSignificantBits() & ~PLACE_BITS);
    return EVENT.EVENT_ID.in(own, row);
  }

  /// The event of a row that is one event.
  static OutwardEvent outward(EventRecord row) {
    EventType type =
        EventType.ofLabel(row.getEvent())
            .orElseThrow(() -> new IllegalStateException("event type " + row.getEvent()));
    if (row.getBulkId() != null) {
      return new JobEvent(
          type,
          new BulkId(row.getBulkId()),
          JobStatus.of(row.getStatus()),
          row.getTotalRecipients(),
          row.getSuccessCount(),
          row.getFailureCount(),
          row.getAt());
    }
    return row.getCurrency() != null
        ? new BalanceEvent(
            type,
            new Money(row.getCurrency(), row.getAvailable()),
            new Money(row.getCurrency(), row.getLow()),
            row.getAt())
        : new EndpointEvent(
            type,
            new EndpointId(row.getEndpointId()),
            row.getReason() == null ? null : DisableReason.valueOf(row.getReason()),
            row.getAt());
  }
}
