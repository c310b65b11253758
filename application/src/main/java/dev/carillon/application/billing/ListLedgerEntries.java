package dev.carillon.application.billing;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.Ledger.EntryFilter;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the entries of the caller's books, the newest first.
public final class ListLedgerEntries {
  private final Ledger ledger;
  private final BulkJobRepository jobs;

  public ListLedgerEntries(Ledger ledger, BulkJobRepository jobs) {
    this.ledger = ledger;
    this.jobs = jobs;
  }

  /// A page of them. Throws a DomainException with NotFound when the job does not exist or is
  /// another tenant's.
  public Page<LedgerEntry> handle(Query query) {
    Scope scope = query.caller().scope();
    BulkId job =
        query.bulkId().isEmpty() ? null : KnownJobs.find(jobs, scope, query.bulkId()).bulkId();
    return ledger.entries(
        scope, new EntryFilter(job, query.kinds(), query.from(), query.to()), query.page());
  }

  /// Which entries, and which part of them.
  ///
  /// @param bulkId empty for all
  /// @param kinds empty for all
  /// @param from inclusive; null for all
  /// @param to exclusive; null for all
  public record Query(
      Caller caller,
      String bulkId,
      List<EntryKind> kinds,
      @Nullable Instant from,
      @Nullable Instant to,
      PageRequest page) {}
}
