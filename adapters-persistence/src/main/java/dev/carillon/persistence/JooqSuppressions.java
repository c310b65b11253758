package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.fromNow;
import static dev.carillon.persistence.schema.Tables.SUPPRESSION;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Record;

/// The suppression lists in PostgreSQL.
final class JooqSuppressions implements Suppressions {
  /// One order for all writers, so that none waits for another in a circle.
  private static final Comparator<Suppression> ORDER =
      Comparator.<Suppression>comparingLong(row -> row.scope().business().value())
          .thenComparing(row -> row.scope().environment())
          .thenComparing(Suppression::channel)
          .thenComparing(Suppression::address);

  /// Rows of one statement, whose values PostgreSQL bounds to 65,535.
  private static final int AT_ONCE = 1_000;

  private final JooqTransactions transactions;
  private final OptOutScopes scopes;

  JooqSuppressions(JooqTransactions transactions) {
    this.transactions = transactions;
    this.scopes = new OptOutScopes(transactions);
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
            .returningResult(SuppressionRows.COLUMNS)
            .fetch(SuppressionRows::suppression));
  }

  @Override
  public Page<Suppression> list(Scope scope, Filter filter, PageRequest page) {
    Condition wanted = isOf(scope).and(fits(filter));
    List<Record> rows =
        transactions
            .sql()
            .select(SuppressionRows.COLUMNS)
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
        .map(SuppressionRows::suppression);
  }

  @Override
  public List<Suppression> recent(Duration within, int limit) {
    return transactions
        .sql()
        .select(SuppressionRows.COLUMNS)
        .from(SUPPRESSION)
        .where(SUPPRESSION.STORED_AT.gt(fromNow(within.negated())))
        .orderBy(SUPPRESSION.STORED_AT.desc(), SUPPRESSION.NUMBER.desc())
        .limit(limit)
        .fetch(SuppressionRows::suppression);
  }

  @Override
  public Map<MessageRef, Target> targets(Collection<MessageRef> messages) {
    return scopes.targets(messages);
  }

  @Override
  public Set<Scope> writersTo(OptOut.OfAddress optOut, Instant since) {
    return scopes.writersTo(optOut, since);
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
    return ScopeRows.is(scope, SUPPRESSION.BUSINESS_ID, SUPPRESSION.ENVIRONMENT);
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
}
