package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.fromNow;
import static dev.carillon.persistence.schema.Tables.EVENT;
import static dev.carillon.persistence.schema.Tables.EVENT_COUNTER;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_ENDPOINT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_LISTED;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.EventLog;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.StoredEvent;
import dev.carillon.persistence.schema.tables.records.EventCounterRecord;
import dev.carillon.persistence.schema.tables.records.EventRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jooq.types.YearToSecond;

/// Events in PostgreSQL, partitioned by their numbers.
final class JooqEventLog implements EventLog {
  private static final int ENDPOINTS_AT_ONCE = 100;

  /// Events that are looked through for who has new ones.
  private static final int MOST_NEWS = 10_000;

  /// Numbers that one statement looks through: no more than a partition or two, so that it is
  /// bounded in time and locks however many events are kept and however few are wanted.
  private static final long LOOKED_AT_ONCE = 1_000_000;

  private final JooqTransactions transactions;
  private final Session session;
  private final OutboxNews news;
  private final EventNumbering numbering;

  JooqEventLog(JooqTransactions transactions, OutboxNews news) {
    this.transactions = transactions;
    this.session = transactions;
    this.news = news;
    this.numbering = new EventNumbering(transactions);
  }

  @Override
  public int number(int most) {
    return numbering.number(most);
  }

  @Override
  public boolean mayHaveSome() {
    return news.lately();
  }

  @Override
  public Part read(Scope scope, long after, Set<EventType> types, int most) {
    // Before the events, so that all of them that are looked for up to it are visible; and what is
    // not kept any more afterwards, so that none is dropped unnoticed meanwhile.
    EventCounterRecord counter = counter();
    long newest = EventPlaces.last(counter.getLast());
    if (after > newest) {
      return new Part(List.of(), newest, EventPlaces.last(counter.getDropped()));
    }
    long lookedTo = Math.max(after, EventPlaces.last(counter.getDropped()));
    List<StoredEvent> events = new ArrayList<>();
    while (lookedTo < newest && events.size() < most) {
      Look look = look(scope, types, lookedTo, newest, most - events.size());
      events.addAll(look.events());
      lookedTo = look.to();
    }
    long upTo = events.size() == most ? events.getLast().number() : lookedTo;
    return new Part(events, upTo, EventPlaces.last(counter().getDropped()));
  }

  private Look look(Scope scope, Set<EventType> types, long after, long newest, int most) {
    long last = EventPlaces.row(newest);
    long to = Math.min(last, EventPlaces.row(after) + LOOKED_AT_ONCE);
    List<EventRecord> rows =
        between(within(scope).and(EventRows.isKnown(types)), EventPlaces.rowAfter(after), to, most);
    List<StoredEvent> events =
        new EventUnfolding(session)
            .first(rows, single -> single.place() > after && single.isOf(types), most);
    boolean mayBeMore = rows.stream().mapToInt(EventRecord::getSize).sum() >= most;
    long lookedTo =
        mayBeMore
            ? rows.getLast().getNumber()
            : rows.isEmpty() && to < last ? beforeNext(to, last) : to;
    return new Look(events, EventPlaces.last(lookedTo));
  }

  @Override
  public Optional<StoredEvent> find(Scope scope, EventId id) {
    return new EventUnfolding(session)
            .first(
                session
                    .sql()
                    .selectFrom(EVENT)
                    .where(within(scope))
                    .and(EventRows.mayHave(id))
                    .and(EventRows.isKept(EVENT.NUMBER))
                    .and(EventRows.isKnown(Set.of()))
                    .fetch(),
                single -> single.id().equals(id),
                1)
            .stream()
            .findFirst();
  }

  @Override
  public long newest() {
    return EventPlaces.last(counter().getLast());
  }

  @Override
  public News news(long after) {
    long newest = counter().getLast();
    long asked = Math.max(0, EventPlaces.rowAfter(after) - 1);
    long from = Math.max(Math.min(asked, newest), newest - MOST_NEWS);
    return new News(
        EventPlaces.last(from),
        EventPlaces.last(newest),
        from == newest ? Map.of() : latest(from, newest));
  }

  @Override
  public int prepare() {
    return numbering.prepare();
  }

  @Override
  public void leap() {
    numbering.leap();
  }

  @Override
  public boolean forget(Duration kept) {
    forgetEndpoints(kept);
    Field<Boolean> dropping =
        field("drop_bygone_events({0})", SQLDataType.BOOLEAN, val(YearToSecond.valueOf(kept)));
    return transactions.inTransaction(
        () -> session.sql().select(dropping).fetchSingle(row -> row.value1()));
  }

  /// The number before the next row after a number, of whatever scope: many may have been left out.
  private long beforeNext(long number, long newest) {
    return session
        .sql()
        .select(EVENT.NUMBER)
        .from(EVENT)
        .where(EVENT.NUMBER.gt(number))
        .orderBy(EVENT.NUMBER)
        .limit(1)
        .fetchOptional(row -> row.value1() - 1)
        .orElse(newest);
  }

  /// The first rows from a number to another that have so many events or more, if there are as
  /// many.
  private List<EventRecord> between(Condition wanted, long from, long to, int most) {
    Table<?> first =
        select(EVENT.fields())
            .from(EVENT)
            .where(wanted)
            .and(EVENT.NUMBER.ge(from))
            .and(EVENT.NUMBER.le(to))
            .orderBy(EVENT.NUMBER)
            .limit(most)
            .asTable(EVENT);
    Field<BigDecimal> before =
        sum(EVENT.SIZE).over(orderBy(EVENT.NUMBER)).minus(EVENT.SIZE).as("events_before");
    return session
        .sql()
        .select(EVENT.fields())
        .from(select(EVENT.fields()).select(before).from(first).asTable(EVENT))
        .where(field(name(before.getName()), SQLDataType.NUMERIC).lt(BigDecimal.valueOf(most)))
        .orderBy(EVENT.NUMBER)
        .fetchInto(EVENT);
  }

  private Map<Scope, Long> latest(long after, long to) {
    return session
        .sql()
        .select(
            EVENT.BUSINESS_ID, EVENT.ENVIRONMENT, max(EventPlaces.last(EVENT.NUMBER, EVENT.SIZE)))
        .from(EVENT)
        .where(EVENT.NUMBER.gt(after))
        .and(EVENT.NUMBER.le(to))
        .groupBy(EVENT.BUSINESS_ID, EVENT.ENVIRONMENT)
        .fetchMap(row -> ScopeRows.of(row.value1(), row.value2()), row -> row.value3());
  }

  /// Deleted ones of which nothing is told any more.
  private void forgetEndpoints(Duration kept) {
    session
        .sql()
        .deleteFrom(WEBHOOK_ENDPOINT)
        .where(
            WEBHOOK_ENDPOINT.NUMBER.in(
                select(WEBHOOK_ENDPOINT.NUMBER)
                    .from(WEBHOOK_ENDPOINT)
                    .where(WEBHOOK_ENDPOINT.DELETED_AT.lt(fromNow(kept.negated())))
                    .and(
                        notExists(
                            selectOne()
                                .from(WEBHOOK_LISTED)
                                .where(WEBHOOK_LISTED.ENDPOINT.eq(WEBHOOK_ENDPOINT.NUMBER))))
                    .limit(ENDPOINTS_AT_ONCE)))
        .execute();
  }

  private EventCounterRecord counter() {
    return session
        .sql()
        .select(EVENT_COUNTER.LAST, EVENT_COUNTER.DROPPED)
        .from(EVENT_COUNTER)
        .fetchSingleInto(EVENT_COUNTER);
  }

  private static Condition within(Scope scope) {
    return ScopeRows.is(scope, EVENT.BUSINESS_ID, EVENT.ENVIRONMENT);
  }

  /// Some events, and the place up to which they were looked for.
  private record Look(List<StoredEvent> events, long to) {}
}
