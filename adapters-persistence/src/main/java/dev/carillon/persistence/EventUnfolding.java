package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CARRIER;
import static dev.carillon.persistence.schema.Tables.EVENT;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.message.CarrierChoice;
import dev.carillon.domain.message.MessageChanges.Change;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.MessageEvent;
import dev.carillon.domain.webhook.StoredEvent;
import dev.carillon.persistence.ErasedMessages.Place;
import dev.carillon.persistence.schema.tables.records.EventRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Reads events out of their rows, each of which is one event, or all that a settling step told of
/// a chunk's messages. Callers' references are read from the messages, so that what is erased is
/// told no more.
///
/// @param session that reads
record EventUnfolding(Session session) {
  /// The first events of rows that are wanted, in their order, at most so many.
  List<StoredEvent> first(List<EventRecord> rows, Predicate<Single> wanted, int most) {
    List<Single> found = new ArrayList<>(Math.min(most, rows.size()));
    for (EventRecord row : rows) {
      for (Single single : singles(row)) {
        if (found.size() < most && wanted.test(single)) {
          found.add(single);
        }
      }
    }
    return told(found);
  }

  /// The rows of the events at these places, by their numbers.
  Map<Long, EventRecord> rows(Collection<Long> places) {
    return session
        .sql()
        .selectFrom(EVENT)
        .where(EVENT.NUMBER.in(places.stream().map(EventPlaces::row).distinct().toList()))
        .fetchMap(EVENT.NUMBER);
  }

  /// The events at these places, of which these are the rows; without those that this version does
  /// not know.
  Map<Long, StoredEvent> at(Collection<Long> places, Map<Long, EventRecord> rows) {
    Set<Long> wanted = new HashSet<>(places);
    List<EventRecord> known = rows.values().stream().filter(EventRows::isKnown).toList();
    return first(known, single -> wanted.contains(single.place()), wanted.size()).stream()
        .collect(Collectors.toMap(StoredEvent::number, Function.identity()));
  }

  private static List<Single> singles(EventRecord row) {
    if (!EventRows.isOfMessages(row)) {
      return List.of(new Single(row, 0, null));
    }
    List<Change> changes = EventRows.changes(row).all();
    List<Single> singles = new ArrayList<>(changes.size());
    for (Change change : changes) {
      singles.add(new Single(row, singles.size(), change));
    }
    return singles;
  }

  private List<StoredEvent> told(List<Single> singles) {
    Map<Place, String> references = references(singles);
    Map<Integer, String> carriers = carriers(singles);
    return singles.stream().map(single -> told(single, references, carriers)).toList();
  }

  private static StoredEvent told(
      Single single, Map<Place, String> references, Map<Integer, String> carriers) {
    EventRecord row = single.row();
    Change change = single.change();
    return new StoredEvent(
        single.place(),
        single.id(),
        EventRows.scope(row),
        change == null
            ? EventRows.outward(row)
            : new MessageEvent(
                new MessageId(new BulkId(row.getBulkId()), change.position()),
                references.getOrDefault(place(row, change), ""),
                change.status(),
                change.reason(),
                change.attempts(),
                carrier(row, change, carriers),
                row.getAt()));
  }

  private static String carrier(EventRecord row, Change change, Map<Integer, String> carriers) {
    if (change.attempts() == 0) {
      return "";
    }
    return change.carrier() == CarrierChoice.PROVIDER
        ? row.getProvider()
        : carriers.getOrDefault(change.carrier(), "");
  }

  private Map<Place, String> references(List<Single> singles) {
    List<Place> places =
        singles.stream()
            .flatMap(single ->
                single.change() == null
                    ? Stream.empty()
                    : Stream.of(place(single.row(), single.change())))
            .distinct()
            .toList();
    if (places.isEmpty()) {
      return Map.of();
    }
    Field<Long> job = field(name("wanted", "job_id"), SQLDataType.BIGINT);
    Field<Integer> position = field(name("wanted", "position"), SQLDataType.INTEGER);
    return session
        .sql()
        .select(MESSAGE.JOB_ID, MESSAGE.POSITION, MESSAGE.CLIENT_REF)
        .from(wanted(places))
        .join(MESSAGE)
        .on(MESSAGE.JOB_ID.eq(job))
        .and(MESSAGE.POSITION.eq(position))
        .where(MESSAGE.CLIENT_REF.isNotNull())
        .fetchMap(
            row -> new Place(row.value1(), row.value2()), row -> MessageRows.orEmpty(row.value3()));
  }

  private static Table<?> wanted(List<Place> places) {
    return table(
            "unnest({0}, {1})",
            val(places.stream().map(Place::job).toArray(Long[]::new)),
            val(places.stream().map(Place::position).toArray(Integer[]::new)))
        .as("wanted", "job_id", "position");
  }

  /// There are at most 255 of them.
  private Map<Integer, String> carriers(List<Single> singles) {
    boolean any =
        singles.stream()
            .anyMatch(single ->
                single.change() != null && single.change().carrier() != CarrierChoice.PROVIDER);
    return any
        ? session
            .sql()
            .select(CARRIER.NUMBER, CARRIER.ID)
            .from(CARRIER)
            .fetchMap(row -> row.value1().intValue(), row -> row.value2())
        : Map.of();
  }

  private static Place place(EventRecord row, Change change) {
    return new Place(row.getJobId(), change.position());
  }

  /// One event of a row.
  ///
  /// @param change what it tells; null when the row is one event
  record Single(EventRecord row, int index, @Nullable Change change) {
    long place() {
      return EventPlaces.of(row.getNumber(), index);
    }

    EventId id() {
      return change == null ? new EventId(row.getEventId()) : EventRows.id(row.getEventId(), index);
    }

    /// Whether it is of one of these types; empty for all.
    boolean isOf(Set<EventType> types) {
      return types.isEmpty()
          || (change == null
              ? EventType.ofLabel(row.getEvent()).filter(types::contains).isPresent()
              : EventType.of(change.status()).filter(types::contains).isPresent());
    }
  }
}
