package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ACCOUNT;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.LEDGER_ENTRY;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// The books in PostgreSQL.
final class JooqLedger implements Ledger {
  /// More are not counted: books only ever grow.
  private static final int MOST_COUNTED = 10_000;

  private static final Field<Long> WAS_AVAILABLE = field("was_available", SQLDataType.BIGINT);
  private static final Field<Long> NOW_AVAILABLE = field("now_available", SQLDataType.BIGINT);
  private static final Field<Long> OF_BUSINESS = field("of_business", SQLDataType.BIGINT);
  private static final Field<String> OF_ENVIRONMENT = field("of_environment", SQLDataType.CLOB);
  private static final Field<String> IN_CURRENCY = field("in_currency", SQLDataType.CLOB);
  private static final Field<Long> TOLD_BELOW = field("told_below", SQLDataType.BIGINT);

  private static final KeptStatement BOOK =
      new KeptStatement(
          KeptStatement.RENDERING
              .select(
                  OF_BUSINESS,
                  OF_ENVIRONMENT,
                  IN_CURRENCY,
                  WAS_AVAILABLE,
                  NOW_AVAILABLE,
                  TOLD_BELOW)
              .from(
                  "move_money({0}, {1}, {2}, {3}, {4})",
                  val(0L), val(0), val(0L), val(0L), val(Instant.EPOCH, SQLDataType.INSTANT)));

  private final Session session;
  private final TopUps topUps;

  JooqLedger(Session session) {
    this.session = session;
    this.topUps = new TopUps(session);
  }

  @Override
  public boolean open(Scope scope, Money credit, Instant now) {
    boolean opened =
        session
                .sql()
                .insertInto(ACCOUNT)
                .set(ACCOUNT.BUSINESS_ID, scope.business().value())
                .set(ACCOUNT.ENVIRONMENT, scope.environment().name())
                .set(ACCOUNT.CURRENCY, credit.currency())
                .set(ACCOUNT.AVAILABLE, credit.micros())
                .set(ACCOUNT.OWED, 0L)
                .onConflictDoNothing()
                .execute()
            == 1;
    if (opened && credit.micros() > 0) {
      LedgerRows.append(
          session.sql(), scope, new LedgerEntry(0, EntryKind.TOP_UP, credit, null, "", "", now));
    }
    return opened;
  }

  @Override
  public Held hold(Scope scope, JobId job, Money amount, String createdBy, Instant now) {
    Table<?> hold =
        table(
            "hold_money({0}, {1}, {2}, {3}, {4}, {5})",
            val(scope.business().value()),
            val(scope.environment().name()),
            val(job.value()),
            val(amount.micros()),
            val(createdBy),
            val(now, SQLDataType.INSTANT));
    return held(
        session.sql().select(WAS_AVAILABLE, IN_CURRENCY, TOLD_BELOW).from(hold).fetchSingle(),
        amount);
  }

  @Override
  public void lock(Collection<JobId> jobs) {
    var _ =
        session
            .sql()
            .selectOne()
            .from(ACCOUNT)
            .join(JOB)
            .on(JOB.BUSINESS_ID.eq(ACCOUNT.BUSINESS_ID))
            .and(JOB.ENVIRONMENT.eq(ACCOUNT.ENVIRONMENT))
            .where(JOB.ID.in(jobs.stream().map(JobId::value).toList()))
            .orderBy(ACCOUNT.BUSINESS_ID, ACCOUNT.ENVIRONMENT)
            .forNoKeyUpdate()
            .of(ACCOUNT)
            .fetch();
  }

  @Override
  public Optional<Fall> book(ChunkKey chunk, Movement movement, Instant now) {
    return BOOK.read(
            session.sql(),
            (statement, _) -> {
              statement.setLong(1, chunk.job().value());
              statement.setInt(2, chunk.number());
              statement.setLong(3, movement.captured());
              statement.setLong(4, movement.refunded());
              KeptStatement.bind(statement, 5, now);
            },
            JooqLedger::fall)
        .getFirst();
  }

  @Override
  public TopUp topUp(Scope scope, String reference, Money amount, String createdBy, Instant now) {
    return topUps.book(scope, reference, amount, createdBy, now);
  }

  @Override
  public Optional<Balance> balance(Scope scope) {
    return Balances.of(session.sql(), scope);
  }

  @Override
  public Page<LedgerEntry> entries(Scope scope, EntryFilter filter, PageRequest page) {
    Condition wanted = LedgerRows.within(scope).and(matches(filter));
    List<LedgerEntry> entries =
        session
            .sql()
            .select(LedgerRows.FIELDS)
            .from(LEDGER_ENTRY)
            .where(wanted)
            .and(after(page))
            .orderBy(LEDGER_ENTRY.ID.desc())
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch(LedgerRows::entry);
    return Pages.of(entries, LedgerEntry::id, page, count(wanted));
  }

  private long count(Condition wanted) {
    return session
        .sql()
        .fetchCount(selectOne().from(LEDGER_ENTRY).where(wanted).limit(MOST_COUNTED));
  }

  @Override
  public Map<EntryKind, Long> bookedFor(JobId job) {
    Map<EntryKind, Long> booked = new EnumMap<>(EntryKind.class);
    session
        .sql()
        .select(LEDGER_ENTRY.KIND, sum(LEDGER_ENTRY.AMOUNT))
        .from(LEDGER_ENTRY)
        .where(LEDGER_ENTRY.BULK_ID.eq(select(JOB.BULK_ID).from(JOB).where(JOB.ID.eq(job.value()))))
        .groupBy(LEDGER_ENTRY.KIND)
        .forEach(row -> booked.put(EntryKind.of(row.value1()), row.value2().longValueExact()));
    return booked;
  }

  private static Optional<Fall> fall(ResultSet row) throws SQLException {
    long low = row.getLong(6);
    if (row.wasNull()) {
      return Optional.empty();
    }
    String currency = row.getString(3);
    return Fall.of(
        ScopeRows.of(row.getLong(1), row.getString(2)),
        new Money(currency, row.getLong(4)),
        new Money(currency, row.getLong(5)),
        new Money(currency, low));
  }

  private static Held held(Record row, Money amount) {
    Long available = row.get(WAS_AVAILABLE);
    if (available == null) {
      return new Held.NoBooks();
    }
    String currency = row.get(IN_CURRENCY);
    Money before = new Money(currency, available);
    Long low = row.get(TOLD_BELOW);
    return available < amount.micros()
        ? new Held.NotEnough(before)
        : new Held.Done(
            before, before.minus(amount), low == null ? null : new Money(currency, low));
  }

  private static Condition after(PageRequest page) {
    return page.after().isPresent() ? LEDGER_ENTRY.ID.lt(page.after().getAsLong()) : noCondition();
  }

  private static Condition matches(EntryFilter filter) {
    Condition matches = noCondition();
    BulkId job = filter.job();
    if (job != null) {
      matches = matches.and(LEDGER_ENTRY.BULK_ID.eq(job.value()));
    }
    if (!filter.kinds().isEmpty()) {
      matches =
          matches.and(
              LEDGER_ENTRY.KIND.in(
                  filter.kinds().stream().map(kind -> (short) kind.code()).toList()));
    }
    Instant from = filter.from();
    if (from != null) {
      matches = matches.and(LEDGER_ENTRY.AT.ge(from));
    }
    Instant to = filter.to();
    return to == null ? matches : matches.and(LEDGER_ENTRY.AT.lt(to));
  }
}
