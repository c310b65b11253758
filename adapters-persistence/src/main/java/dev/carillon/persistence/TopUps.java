package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ACCOUNT;
import static dev.carillon.persistence.schema.Tables.BUSINESS;
import static dev.carillon.persistence.schema.Tables.LEDGER_ENTRY;

import dev.carillon.application.port.Ledger.Fall;
import dev.carillon.application.port.Ledger.TopUp;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.persistence.schema.tables.records.AccountRecord;
import java.time.Instant;
import java.util.Optional;

/// Money that comes in or goes out again, under the lock of its account: of several with the same
/// reference one is booked, and the others find it.
final class TopUps {
  private static final Optional<Fall> NONE = Optional.empty();

  private final Session session;

  TopUps(Session session) {
    this.session = session;
  }

  TopUp book(Scope scope, String reference, Money amount, String createdBy, Instant now) {
    Optional<AccountRecord> locked = lock(scope);
    if (locked.isEmpty()) {
      return new TopUp.NoBooks();
    }
    AccountRecord account = locked.get();
    if (!account.getCurrency().equals(amount.currency())) {
      return new TopUp.OtherCurrency(account.getCurrency());
    }
    Optional<LedgerEntry> first = find(scope, reference);
    if (first.isPresent()) {
      return again(scope, first.get(), amount);
    }
    if (Math.addExact(account.getAvailable(), amount.micros()) < 0) {
      return new TopUp.NotEnough(new Money(account.getCurrency(), account.getAvailable()));
    }
    LedgerEntry entry = enter(scope, entry(reference, amount, createdBy, now));
    change(scope, account, amount, entry);
    return done(scope, entry, false, amount.micros() < 0 ? fall(scope, account, amount) : NONE);
  }

  private TopUp again(Scope scope, LedgerEntry first, Money amount) {
    return first.kind() == kind(amount) && first.amount().equals(absolute(amount))
        ? done(scope, first, true, NONE)
        : new TopUp.Reused(first);
  }

  private TopUp done(Scope scope, LedgerEntry entry, boolean repeated, Optional<Fall> fall) {
    return new TopUp.Done(Balances.of(session.sql(), scope).orElseThrow(), entry, repeated, fall);
  }

  private Optional<Fall> fall(Scope scope, AccountRecord account, Money amount) {
    Money before = new Money(account.getCurrency(), account.getAvailable());
    Long low =
        session
            .sql()
            .select(BUSINESS.LOW_BALANCE)
            .from(BUSINESS)
            .where(BUSINESS.ID.eq(scope.business().value()))
            .fetchSingle(BUSINESS.LOW_BALANCE);
    return Fall.of(
        scope,
        before,
        new Money(before.currency(), before.micros() + amount.micros()),
        low == null ? null : new Money(before.currency(), low));
  }

  /// What comes in pays first what is owed.
  private void change(Scope scope, AccountRecord account, Money amount, LedgerEntry entry) {
    long repaid = Math.clamp(amount.micros(), 0, account.getOwed());
    session
        .sql()
        .update(ACCOUNT)
        .set(ACCOUNT.AVAILABLE, account.getAvailable() + amount.micros() - repaid)
        .set(ACCOUNT.OWED, account.getOwed() - repaid)
        .where(Balances.within(scope))
        .execute();
    if (repaid > 0) {
      enter(
          scope,
          new LedgerEntry(
              0,
              EntryKind.REPAYMENT,
              new Money(amount.currency(), repaid),
              null,
              "",
              entry.createdBy(),
              entry.at()));
    }
  }

  private Optional<AccountRecord> lock(Scope scope) {
    return session
        .sql()
        .selectFrom(ACCOUNT)
        .where(Balances.within(scope))
        .forNoKeyUpdate()
        .fetchOptional();
  }

  private Optional<LedgerEntry> find(Scope scope, String reference) {
    return session
        .sql()
        .select(LedgerRows.FIELDS)
        .from(LEDGER_ENTRY)
        .where(LedgerRows.within(scope))
        .and(LEDGER_ENTRY.REFERENCE.eq(reference))
        .fetchOptional(LedgerRows::entry);
  }

  private LedgerEntry enter(Scope scope, LedgerEntry entry) {
    return LedgerRows.append(session.sql(), scope, entry);
  }

  private static LedgerEntry entry(String reference, Money amount, String createdBy, Instant now) {
    return new LedgerEntry(0, kind(amount), absolute(amount), null, reference, createdBy, now);
  }

  private static EntryKind kind(Money amount) {
    return amount.micros() < 0 ? EntryKind.CORRECTION : EntryKind.TOP_UP;
  }

  private static Money absolute(Money amount) {
    return new Money(amount.currency(), Math.absExact(amount.micros()));
  }
}
