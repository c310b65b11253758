package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.CLOCK;
import static dev.carillon.persistence.schema.Tables.EVENT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_ATTEMPT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_DELIVERY;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_ENDPOINT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_LISTED;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_QUEUE;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_WAITING;
import static org.jooq.impl.DSL.choose;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.MessageEvent;
import dev.carillon.domain.webhook.StoredEvent;
import dev.carillon.persistence.schema.tables.records.WebhookListedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.SQLDataType;
import org.jooq.types.YearToSecond;

/// Deliveries in PostgreSQL. Leasing is one of its functions (see the migration "events"); what
/// came of attempts is written by [DeliverySettling].
final class JooqWebhookDeliveries implements WebhookDeliveries {
  /// Further ones are not counted: it would take the longer the more there are.
  private static final int MOST_COUNTED = 10_000;

  private final JooqTransactions transactions;
  private final Session session;
  private final DeliverySettling settling;

  JooqWebhookDeliveries(JooqTransactions transactions, OutboxNews news) {
    this.transactions = transactions;
    this.session = transactions;
    this.settling = new DeliverySettling(transactions, new JooqOutbox(transactions, news));
  }

  @Override
  public List<Leased> lease(Share share) {
    return transactions.inTransaction(() -> new LeasedRows(session).lease(share));
  }

  @Override
  public boolean settle(List<Ended> ended) {
    return transactions.inTransaction(() -> settling.settle(ended));
  }

  @Override
  public List<Leased> settleAndLease(List<Ended> ended, Share share) {
    return transactions.inTransaction(() -> {
      boolean _ = settling.settle(ended);
      return new LeasedRows(session).lease(share);
    });
  }

  @Override
  public int giveUp(Duration waited, int most) {
    return transactions.inTransaction(() ->
        session
            .sql()
            .select(
                field(
                    "give_up_deliveries({0}, {1})",
                    SQLDataType.INTEGER, val(YearToSecond.valueOf(waited)), val(most)))
            .fetchSingle(row -> row.value1()));
  }

  @Override
  public Page<Delivery> list(Scope scope, EndpointId endpoint, Filter filter, PageRequest page) {
    long number = number(scope, endpoint);
    Condition wanted =
        WEBHOOK_LISTED
            .ENDPOINT
            .eq(number)
            .and(fits(filter))
            .and(EventRows.isKept(EventPlaces.row(WEBHOOK_LISTED.EVENT_NUMBER)));
    List<WebhookListedRecord> rows =
        session
            .sql()
            .selectFrom(WEBHOOK_LISTED)
            .where(wanted)
            .and(
                page.after().isPresent()
                    ? WEBHOOK_LISTED.EVENT_NUMBER.lt(page.after().getAsLong())
                    : noCondition())
            .orderBy(WEBHOOK_LISTED.EVENT_NUMBER.desc())
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch();
    Page<WebhookListedRecord> found =
        Pages.of(
            rows,
            WebhookListedRecord::getEventNumber,
            page,
            session
                .sql()
                .fetchCount(selectOne().from(WEBHOOK_LISTED).where(wanted).limit(MOST_COUNTED)));
    return new Page<>(deliveries(number, found.items()), found.next(), found.totalSize());
  }

  @Override
  public void redeliver(StoredEvent event, EndpointId endpoint) {
    long number = number(event.scope(), endpoint);
    JooqWebhookEndpoints.lockQueue(session, number);
    int attempts = takeBack(number, event.number());
    session
        .sql()
        .insertInto(WEBHOOK_WAITING)
        .set(WEBHOOK_WAITING.ENDPOINT, number)
        .set(WEBHOOK_WAITING.EVENT_NUMBER, event.number())
        .set(WEBHOOK_WAITING.BUSINESS_ID, event.scope().business().value())
        .set(WEBHOOK_WAITING.ENVIRONMENT, event.scope().environment().name())
        .set(WEBHOOK_WAITING.STREAM, stream(event))
        .set(WEBHOOK_WAITING.ATTEMPTS, attempts)
        .set(WEBHOOK_WAITING.TRIES, 0)
        .set(WEBHOOK_WAITING.CREATED_AT, CLOCK)
        .set(WEBHOOK_WAITING.NEXT_DUE, CLOCK)
        .set(WEBHOOK_WAITING.BEHIND, false)
        .onConflict(WEBHOOK_WAITING.ENDPOINT, WEBHOOK_WAITING.EVENT_NUMBER)
        .doUpdate()
        .set(WEBHOOK_WAITING.TRIES, 0)
        .set(WEBHOOK_WAITING.CREATED_AT, CLOCK)
        .set(WEBHOOK_WAITING.NEXT_DUE, unlessLeased(CLOCK))
        .set(WEBHOOK_WAITING.BEHIND, false)
        .execute();
    session
        .sql()
        .update(WEBHOOK_QUEUE)
        .set(
            WEBHOOK_QUEUE.NEXT_LOOK,
            least(WEBHOOK_QUEUE.NEXT_LOOK, greatest(CLOCK, WEBHOOK_QUEUE.OPEN_UNTIL)))
        .where(WEBHOOK_QUEUE.ENDPOINT.eq(number))
        .execute();
  }

  /// How often a delivery that is over was tried, which it is no longer; 0 when there is none.
  private int takeBack(long endpoint, long event) {
    return session
        .sql()
        .deleteFrom(WEBHOOK_DELIVERY)
        .where(WEBHOOK_DELIVERY.ENDPOINT.eq(endpoint))
        .and(WEBHOOK_DELIVERY.EVENT_NUMBER.eq(event))
        .returningResult(WEBHOOK_DELIVERY.ATTEMPTS)
        .fetchOptional(row -> row.value1())
        .orElse(0);
  }

  /// What is under way is not to be sent a second time beside it.
  private static Field<Instant> unlessLeased(Field<Instant> due) {
    return when(WEBHOOK_WAITING.LEASE_OWNER.isNull(), due).otherwise(WEBHOOK_WAITING.NEXT_DUE);
  }

  private Condition fits(Filter filter) {
    Condition states =
        filter.states().isEmpty()
            ? noCondition()
            : WEBHOOK_LISTED.STATE.in(
                filter.states().stream().map(state -> (short) state.code()).toList());
    return filter.event() == null
        ? states
        : states.and(WEBHOOK_LISTED.EVENT_NUMBER.in(places(filter.event())));
  }

  /// Where the events of this id are: one, or none.
  private List<Long> places(EventId id) {
    return new EventUnfolding(session)
            .first(
                session.sql().selectFrom(EVENT).where(EventRows.mayHave(id)).fetch(),
                single -> single.id().equals(id),
                1)
            .stream()
            .map(StoredEvent::number)
            .toList();
  }

  /// What it comes in order with (see the migrations "events" and "message_events").
  private static Select<Record1<Long>> stream(StoredEvent event) {
    Field<Long> stream =
        event.event() instanceof MessageEvent of
            ? field(
                "({0} << 27) | {1}::bigint",
                SQLDataType.BIGINT, EVENT.JOB_ID, val((long) of.id().position()))
            : EVENT.STREAM;
    return select(stream).from(EVENT).where(EVENT.NUMBER.eq(EventPlaces.row(event.number())));
  }

  private List<Delivery> deliveries(long endpoint, List<WebhookListedRecord> rows) {
    List<Long> numbers = rows.stream().map(WebhookListedRecord::getEventNumber).toList();
    EventUnfolding unfolding = new EventUnfolding(session);
    Map<Long, StoredEvent> events = unfolding.at(numbers, unfolding.rows(numbers));
    Map<Long, List<DeliveryAttempt>> attempts =
        session
            .sql()
            .selectFrom(WEBHOOK_ATTEMPT)
            .where(WEBHOOK_ATTEMPT.ENDPOINT.eq(endpoint))
            .and(WEBHOOK_ATTEMPT.EVENT_NUMBER.in(numbers))
            .and(isOneOfTheLast(rows))
            .orderBy(WEBHOOK_ATTEMPT.ATTEMPT)
            .fetch()
            .stream()
            .collect(
                Collectors.groupingBy(
                    found -> found.getEventNumber(),
                    Collectors.mapping(DeliveryRows::attempt, Collectors.toList())));
    return rows.stream()
        .flatMap(found ->
            Optional.ofNullable(events.get(found.getEventNumber())).stream()
                .map(event ->
                    DeliveryRows.delivery(
                        found, event, attempts.getOrDefault(found.getEventNumber(), List.of()))))
        .toList();
  }

  /// Attempts are numbered without a gap. Few deliveries have more than are shown.
  private static Condition isOneOfTheLast(List<WebhookListedRecord> rows) {
    Map<Long, Integer> leftOut =
        rows.stream()
            .filter(row -> row.getAttempts() > Delivery.MOST_ATTEMPTS_SHOWN)
            .collect(
                Collectors.toMap(
                    WebhookListedRecord::getEventNumber,
                    row -> row.getAttempts() - Delivery.MOST_ATTEMPTS_SHOWN));
    return leftOut.isEmpty()
        ? noCondition()
        : WEBHOOK_ATTEMPT.ATTEMPT.gt(
            choose(WEBHOOK_ATTEMPT.EVENT_NUMBER).mapValues(leftOut).otherwise(0));
  }

  /// The endpoint's number inside the house; one that nothing has when there is none.
  private long number(Scope scope, EndpointId endpoint) {
    return session
        .sql()
        .select(WEBHOOK_ENDPOINT.NUMBER)
        .from(WEBHOOK_ENDPOINT)
        .where(ScopeRows.is(scope, WEBHOOK_ENDPOINT.BUSINESS_ID, WEBHOOK_ENDPOINT.ENVIRONMENT))
        .and(WEBHOOK_ENDPOINT.ENDPOINT_ID.eq(endpoint.value()))
        .fetchOptional(found -> found.value1())
        .orElse(0L);
  }
}
