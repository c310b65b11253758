package dev.carillon.persistence;

import static dev.carillon.persistence.JooqChunkRepository.CLOCK;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static dev.carillon.persistence.schema.Tables.SUPPRESSION;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.StatusByte;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The suppression lists in PostgreSQL.
final class JooqSuppressions implements Suppressions {
  private static final String WRITERS =
      "SELECT business_id, environment FROM writers_to({0}, {1}, {2}, {3}, {4})";

  /// One order for all writers, so that none waits for another in a circle.
  private static final Comparator<Suppression> ORDER =
      Comparator.<Suppression>comparingLong(row -> row.scope().business().value())
          .thenComparing(row -> row.scope().environment())
          .thenComparing(Suppression::channel)
          .thenComparing(Suppression::address);

  /// Rows of one statement, whose values PostgreSQL bounds to 65,535.
  private static final int AT_ONCE = 1_000;

  private static final Field<?>[] COLUMNS = {
    SUPPRESSION.NUMBER,
    SUPPRESSION.BUSINESS_ID,
    SUPPRESSION.ENVIRONMENT,
    SUPPRESSION.CHANNEL,
    SUPPRESSION.ADDRESS,
    SUPPRESSION.REASON,
    SUPPRESSION.DETAIL,
    SUPPRESSION.CREATED_BY,
    SUPPRESSION.CREATED_AT
  };

  /// The carriers that a message was given to, by the mark and the attempts.
  private static final Field<String[]> GIVEN_TO =
      DSL.field(
              """
              array(
                SELECT coalesce(
                  (SELECT k.id FROM carrier k WHERE k.number = get_byte({0}, {1} - {2})), {3})
                WHERE get_byte({4}, {1} - {2}) >> {5} > 0
                UNION
                SELECT a.carrier FROM attempt a WHERE a.job_id = {6} AND a.position = {1})\
              """,
              SQLDataType.CLOB.array(),
              CHUNK.ROUTES,
              MESSAGE.POSITION,
              CHUNK.FIRST_POSITION,
              JOB.PROVIDER,
              CHUNK.STATUSES,
              DSL.inline(StatusByte.ATTEMPT_SHIFT),
              CHUNK.JOB_ID)
          .as("given_to");

  private final JooqTransactions transactions;

  JooqSuppressions(JooqTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Set<String> among(Scope scope, Channel channel, Collection<String> addresses) {
    Condition listed = isOf(scope).and(SUPPRESSION.CHANNEL.eq(channel.name()));
    // Most lists are empty, and a hundred thousand addresses are dear to send for nothing.
    if (addresses.isEmpty() || !transactions.sql().fetchExists(SUPPRESSION, listed)) {
      return Set.of();
    }
    return transactions
        .sql()
        .select(SUPPRESSION.ADDRESS)
        .from(SUPPRESSION)
        .where(listed.and(isOneOf(addresses)))
        .fetchSet(SUPPRESSION.ADDRESS);
  }

  @Override
  public int add(List<Suppression> suppressions) {
    List<Suppression> sorted = suppressions.stream().sorted(ORDER).toList();
    return transactions.inTransaction(() -> {
      int added = 0;
      for (int from = 0; from < sorted.size(); from += AT_ONCE) {
        added += insert(sorted.subList(from, Math.min(from + AT_ONCE, sorted.size())));
      }
      return added;
    });
  }

  @Override
  public List<Suppression> remove(Scope scope, Channel channel, Collection<String> addresses) {
    return StoreFailures.translated(() ->
        transactions
            .sql()
            .deleteFrom(SUPPRESSION)
            .where(isOf(scope))
            .and(SUPPRESSION.CHANNEL.eq(channel.name()))
            .and(isOneOf(addresses))
            .returningResult(COLUMNS)
            .fetch(JooqSuppressions::suppression));
  }

  @Override
  public Page<Suppression> list(Scope scope, Filter filter, PageRequest page) {
    Condition wanted = isOf(scope).and(fits(filter));
    List<Record> rows =
        transactions
            .sql()
            .select(COLUMNS)
            .from(SUPPRESSION)
            .where(wanted)
            .and(SUPPRESSION.NUMBER.lt(page.after().orElse(Long.MAX_VALUE)))
            .orderBy(SUPPRESSION.NUMBER.desc())
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch();
    return Pages.of(
            rows,
            row -> row.get(SUPPRESSION.NUMBER),
            page,
            transactions.sql().fetchCount(SUPPRESSION, wanted))
        .map(JooqSuppressions::suppression);
  }

  @Override
  public List<Suppression> recent(Duration within, int limit) {
    return transactions
        .sql()
        .select(COLUMNS)
        .from(SUPPRESSION)
        .where(
            SUPPRESSION.STORED_AT.gt(
                DSL.field(
                    "{0} - {1} * interval '1 microsecond'",
                    SQLDataType.INSTANT, CLOCK, val(within.toNanos() / 1_000))))
        .orderBy(SUPPRESSION.STORED_AT.desc(), SUPPRESSION.NUMBER.desc())
        .limit(limit)
        .fetch(JooqSuppressions::suppression);
  }

  @Override
  public Map<MessageRef, Target> targets(Collection<MessageRef> messages) {
    if (messages.isEmpty()) {
      return Map.of();
    }
    Map<MessageRef, Target> targets = new HashMap<>();
    transactions
        .sql()
        .select(CHUNK.JOB_ID, CHUNK.CHUNK_NO, MESSAGE.POSITION)
        .select(JOB.BUSINESS_ID, JOB.ENVIRONMENT, JOB.CHANNEL, MESSAGE.ADDRESS, GIVEN_TO)
        .from(CHUNK)
        .join(JOB)
        .on(JOB.ID.eq(CHUNK.JOB_ID))
        .join(MESSAGE)
        .on(MESSAGE.JOB_ID.eq(CHUNK.JOB_ID))
        .and(MESSAGE.POSITION.ge(CHUNK.FIRST_POSITION))
        .and(MESSAGE.POSITION.lt(CHUNK.FIRST_POSITION.plus(CHUNK.SIZE)))
        .where(
            row(CHUNK.JOB_ID, CHUNK.CHUNK_NO, MESSAGE.POSITION)
                .in(
                    messages.stream()
                        .map(ref -> row(ref.job().value(), ref.chunk(), ref.position()))
                        .toList()))
        .and(MESSAGE.ADDRESS.ne(""))
        .forEach(row ->
            targets.put(
                new MessageRef(
                    ChunkRows.key(row).job(), row.get(CHUNK.CHUNK_NO), row.get(MESSAGE.POSITION)),
                new Target(
                    scope(row.get(JOB.BUSINESS_ID), row.get(JOB.ENVIRONMENT)),
                    Channel.valueOf(row.get(JOB.CHANNEL)),
                    row.get(MESSAGE.ADDRESS),
                    carriers(row.get(GIVEN_TO)))));
    return targets;
  }

  @Override
  public Set<Scope> writersTo(OptOut.OfAddress optOut, Instant since) {
    return Set.copyOf(
        transactions
            .sql()
            .resultQuery(
                WRITERS,
                val(optOut.carrier().value()),
                val(optOut.channel().name()),
                val(optOut.address()),
                val(optOut.sender()),
                val(since, SQLDataType.INSTANT))
            .fetch(row ->
                scope(row.get("business_id", Long.class), row.get("environment", String.class))));
  }

  private int insert(List<Suppression> some) {
    return transactions
        .sql()
        .insertInto(SUPPRESSION)
        .columns(
            SUPPRESSION.BUSINESS_ID,
            SUPPRESSION.ENVIRONMENT,
            SUPPRESSION.CHANNEL,
            SUPPRESSION.ADDRESS,
            SUPPRESSION.REASON,
            SUPPRESSION.DETAIL,
            SUPPRESSION.CREATED_BY,
            SUPPRESSION.CREATED_AT)
        .valuesOfRows(
            some.stream()
                .map(one ->
                    row(
                        one.scope().business().value(),
                        one.scope().environment().name(),
                        one.channel().name(),
                        one.address(),
                        one.cause().name(),
                        one.detail(),
                        one.createdBy(),
                        BinaryCopy.held(one.createdAt())))
                .toList())
        .onConflictDoNothing()
        .execute();
  }

  private static Condition isOf(Scope scope) {
    return SUPPRESSION
        .BUSINESS_ID
        .eq(scope.business().value())
        .and(SUPPRESSION.ENVIRONMENT.eq(scope.environment().name()));
  }

  private static Condition isOneOf(Collection<String> addresses) {
    return SUPPRESSION.ADDRESS.eq(any(addresses.toArray(String[]::new)));
  }

  private static Condition fits(Filter filter) {
    Condition fits = noCondition();
    Channel channel = filter.channel();
    SuppressionCause cause = filter.cause();
    if (channel != null) {
      fits = fits.and(SUPPRESSION.CHANNEL.eq(channel.name()));
    }
    if (cause != null) {
      fits = fits.and(SUPPRESSION.REASON.eq(cause.name()));
    }
    return filter.address().isEmpty() ? fits : fits.and(SUPPRESSION.ADDRESS.eq(filter.address()));
  }

  private static Suppression suppression(Record row) {
    return new Suppression(
        scope(row.get(SUPPRESSION.BUSINESS_ID), row.get(SUPPRESSION.ENVIRONMENT)),
        Channel.valueOf(row.get(SUPPRESSION.CHANNEL)),
        row.get(SUPPRESSION.ADDRESS),
        SuppressionCause.valueOf(row.get(SUPPRESSION.REASON)),
        row.get(SUPPRESSION.DETAIL),
        row.get(SUPPRESSION.CREATED_BY),
        row.get(SUPPRESSION.CREATED_AT));
  }

  private static Set<CarrierId> carriers(String[] names) {
    return Arrays.stream(names).map(CarrierId::new).collect(Collectors.toSet());
  }

  private static Scope scope(long business, String environment) {
    return new Scope(new BusinessId(business), Environment.valueOf(environment));
  }
}
