package dev.carillon.application.port;

import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.webhook.BalanceEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the books: entries that are only ever appended, and the balance of each business and
/// environment, which is never negative. Every change is part of the caller's transaction; the row
/// of a balance is locked after chunks and jobs, and as late as can be.
public interface Ledger {
  /// Makes the books of a scope with a first credit (a top-up of its own, without one when it is
  /// 0); false, and nothing done, when there are books.
  boolean open(Scope scope, Money credit, Instant now);

  /// Sets an amount aside for a job. Waits for others who change the same balance.
  ///
  /// @param amount more than 0, in the currency of the books
  Held hold(Scope scope, JobId job, Money amount, String createdBy, Instant now);

  /// Locks the balances of the scopes of these jobs, always in the same order, so that two who book
  /// for several of them do not wait for each other in a circle.
  void lock(Collection<JobId> jobs);

  /// Books what moved of a chunk of a job. What is given back pays first what is owed. What comes
  /// back late and the balance does not pay is owed. Empty unless the balance fell below what its
  /// owner wants to be told.
  Optional<Fall> book(ChunkKey chunk, Movement movement, Instant now);

  /// Adds to the balance, once per reference; what comes in pays first what is owed.
  ///
  /// @param amount more than 0; or less, to correct an earlier one
  TopUp topUp(Scope scope, String reference, Money amount, String createdBy, Instant now);

  /// What the scope has, as committed; empty when it has no books.
  Optional<Balance> balance(Scope scope);

  /// A page of the scope's entries, newest first. They are counted to 10,000, not further.
  Page<LedgerEntry> entries(Scope scope, EntryFilter filter, PageRequest page);

  /// What was booked for a job, by kind, in micros; kinds without entries are left out.
  Map<EntryKind, Long> bookedFor(JobId job);

  /// What a hold came to.
  sealed interface Held {
    /// It is set aside.
    ///
    /// @param before what was available
    /// @param after what is available now
    /// @param low below what its owner wants to be told; null when never
    record Done(Money before, Money after, @Nullable Money low) implements Held {}

    /// The balance does not pay for it; nothing was changed.
    record NotEnough(Money available) implements Held {}

    /// The scope has no books yet.
    record NoBooks() implements Held {}
  }

  /// What a top-up came to.
  sealed interface TopUp {
    /// It was booked, now or before.
    ///
    /// @param fall empty unless this took the balance below what its owner wants to be told
    record Done(Balance balance, LedgerEntry entry, boolean repeated, Optional<Fall> fall)
        implements TopUp {}

    /// Its reference came before with another amount; nothing was changed.
    record Reused(LedgerEntry first) implements TopUp {}

    /// It would take more than is available; nothing was changed.
    record NotEnough(Money available) implements TopUp {}

    /// The books are in another currency; nothing was changed.
    record OtherCurrency(String currency) implements TopUp {}

    /// The scope has no books yet.
    record NoBooks() implements TopUp {}
  }

  /// A balance that has just fallen below what its owner wants to be told.
  ///
  /// @param available what is left
  /// @param low what it was not below before
  record Fall(Scope scope, Money available, Money low) {
    /// Whether this change is such a fall.
    ///
    /// @param low null when its owner wants to be told nothing
    public static Optional<Fall> of(Scope scope, Money before, Money after, @Nullable Money low) {
      return low != null && before.micros() >= low.micros() && after.micros() < low.micros()
          ? Optional.of(new Fall(scope, after, low))
          : Optional.empty();
    }

    /// How it is told outward.
    public BalanceEvent event(Instant now) {
      return BalanceEvent.low(available, low, now);
    }
  }

  /// Which entries.
  ///
  /// @param job null for all
  /// @param kinds empty for all
  /// @param from inclusive; null for all
  /// @param to exclusive; null for all
  record EntryFilter(
      @Nullable BulkId job, List<EntryKind> kinds, @Nullable Instant from, @Nullable Instant to) {
    /// All of them.
    public static final EntryFilter ALL = new EntryFilter(null, List.of(), null, null);
  }
}
