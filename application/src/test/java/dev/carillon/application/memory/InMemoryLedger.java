package dev.carillon.application.memory;

import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Account;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Books in memory: balances are told by adding up the entries.
public final class InMemoryLedger implements Ledger {
  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final Map<Scope, String> books = new HashMap<>();
  private final Map<BusinessId, Money> lowMarks = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  InMemoryLedger(InMemoryStore store, InMemoryBulkJobs jobs) {
    this.store = store;
    this.jobs = jobs;
  }

  /// Has the business be told when its balance falls below.
  public void setLowMark(BusinessId business, Money low) {
    lowMarks.put(business, low);
  }

  @Override
  public boolean open(Scope scope, Money credit, Instant now) {
    store.requireTransaction();
    if (books.containsKey(scope)) {
      return false;
    }
    store.put(books, scope, credit.currency());
    if (credit.micros() > 0) {
      add(scope, EntryKind.TOP_UP, credit.micros(), null, "", "", now);
    }
    return true;
  }

  @Override
  public Held hold(Scope scope, JobId job, Money amount, String createdBy, Instant now) {
    store.requireTransaction();
    if (!books.containsKey(scope)) {
      return new Held.NoBooks();
    }
    Money before = money(scope, Account.AVAILABLE);
    if (before.micros() < amount.micros()) {
      return new Held.NotEnough(before);
    }
    add(scope, EntryKind.HOLD, amount.micros(), job, "", createdBy, now);
    return new Held.Done(before, before.minus(amount), lowMarks.get(scope.business()));
  }

  @Override
  public void lock(Collection<JobId> some) {
    store.requireTransaction();
  }

  @Override
  public Optional<Fall> book(ChunkKey chunk, Movement movement, Instant now) {
    store.requireTransaction();
    Scope scope = jobs.row(chunk.job()).orElseThrow().job().scope();
    Money before = money(scope, Account.AVAILABLE);
    if (movement.refunded() < 0) {
      long back = -movement.refunded();
      long paid = Math.min(back, balanceOf(scope, Account.AVAILABLE));
      addSome(scope, EntryKind.RECHARGE, paid, chunk.job(), now);
      addSome(scope, EntryKind.DEBT, back - paid, chunk.job(), now);
    }
    addSome(scope, EntryKind.CAPTURE, movement.captured(), chunk.job(), now);
    addSome(scope, EntryKind.REVERSAL, -movement.captured(), chunk.job(), now);
    if (movement.refunded() > 0) {
      addSome(scope, EntryKind.REFUND, movement.refunded(), chunk.job(), now);
      repay(scope, movement.refunded(), now);
    }
    return fall(scope, before);
  }

  private Optional<Fall> fall(Scope scope, Money before) {
    return Fall.of(scope, before, money(scope, Account.AVAILABLE), lowMarks.get(scope.business()));
  }

  @Override
  public TopUp topUp(Scope scope, String reference, Money amount, String createdBy, Instant now) {
    store.requireTransaction();
    if (!books.containsKey(scope)) {
      return new TopUp.NoBooks();
    }
    if (!currency(scope).equals(amount.currency())) {
      return new TopUp.OtherCurrency(currency(scope));
    }
    Optional<Row> first =
        rows.stream()
            .filter(row -> row.scope().equals(scope) && row.entry().reference().equals(reference))
            .findFirst();
    if (first.isPresent()) {
      LedgerEntry known = first.get().entry();
      return signed(known).equals(amount)
          ? new TopUp.Done(balance(scope).orElseThrow(), known, true, Optional.empty())
          : new TopUp.Reused(known);
    }
    if (amount.micros() < 0 && balanceOf(scope, Account.AVAILABLE) < -amount.micros()) {
      return new TopUp.NotEnough(money(scope, Account.AVAILABLE));
    }
    Money before = money(scope, Account.AVAILABLE);
    EntryKind kind = amount.micros() > 0 ? EntryKind.TOP_UP : EntryKind.CORRECTION;
    add(scope, kind, Math.abs(amount.micros()), null, reference, createdBy, now);
    LedgerEntry entry = rows.getLast().entry();
    if (amount.micros() > 0) {
      repay(scope, amount.micros(), now);
    }
    return new TopUp.Done(balance(scope).orElseThrow(), entry, false, fall(scope, before));
  }

  @Override
  public Optional<Balance> balance(Scope scope) {
    return store.inTransaction(() ->
        books.containsKey(scope)
            ? Optional.of(
                new Balance(
                    money(scope, Account.AVAILABLE),
                    money(scope, Account.HELD),
                    new Money(currency(scope), -balanceOf(scope, Account.OWED))))
            : Optional.empty());
  }

  @Override
  public Page<LedgerEntry> entries(Scope scope, EntryFilter filter, PageRequest page) {
    List<LedgerEntry> fitting =
        all(scope).reversed().stream().filter(one -> fits(one, filter)).toList();
    return Pages.of(fitting, LedgerEntry::id, page);
  }

  @Override
  public Map<EntryKind, Long> bookedFor(JobId job) {
    return store.inTransaction(() -> {
      Map<EntryKind, Long> sums = new EnumMap<>(EntryKind.class);
      for (Row row : rows) {
        if (job.equals(row.job())) {
          sums.merge(row.entry().kind(), row.entry().amount().micros(), Long::sum);
        }
      }
      return sums;
    });
  }

  /// All entries of a scope, in their order.
  public List<LedgerEntry> all(Scope scope) {
    return store.inTransaction(
        () -> rows.stream().filter(row -> row.scope().equals(scope)).map(Row::entry).toList());
  }

  /// What its entries make of an account, in micros.
  public long balanceOf(Scope scope, Account account) {
    return store.inTransaction(() ->
        rows.stream()
            .filter(row -> row.scope().equals(scope))
            .mapToLong(row -> effect(row.entry(), account))
            .sum());
  }

  private static long effect(LedgerEntry entry, Account account) {
    long amount = entry.amount().micros();
    return (entry.kind().to() == account ? amount : 0)
        - (entry.kind().from() == account ? amount : 0);
  }

  private void repay(Scope scope, long incoming, Instant now) {
    long owed = -balanceOf(scope, Account.OWED);
    addSome(scope, EntryKind.REPAYMENT, Math.min(owed, incoming), null, now);
  }

  private void addSome(Scope scope, EntryKind kind, long micros, @Nullable JobId job, Instant now) {
    if (micros > 0) {
      add(scope, kind, micros, job, "", "", now);
    }
  }

  private void add(
      Scope scope,
      EntryKind kind,
      long micros,
      @Nullable JobId job,
      String reference,
      String createdBy,
      Instant now) {
    LedgerEntry entry =
        new LedgerEntry(
            rows.size() + 1L,
            kind,
            new Money(currency(scope), micros),
            job == null ? null : jobs.row(job).map(row -> row.job().bulkId()).orElse(null),
            reference,
            createdBy,
            now);
    store.add(rows, new Row(scope, job, entry));
  }

  private String currency(Scope scope) {
    return Objects.requireNonNull(books.get(scope));
  }

  private Money money(Scope scope, Account account) {
    return new Money(currency(scope), balanceOf(scope, account));
  }

  private static Money signed(LedgerEntry entry) {
    return entry.kind() == EntryKind.CORRECTION ? entry.amount().times(-1) : entry.amount();
  }

  private static boolean fits(LedgerEntry entry, EntryFilter filter) {
    Instant from = filter.from();
    Instant to = filter.to();
    return (filter.job() == null || filter.job().equals(entry.job()))
        && (filter.kinds().isEmpty() || filter.kinds().contains(entry.kind()))
        && (from == null || !entry.at().isBefore(from))
        && (to == null || entry.at().isBefore(to));
  }

  private record Row(Scope scope, @Nullable JobId job, LedgerEntry entry) {}
}
