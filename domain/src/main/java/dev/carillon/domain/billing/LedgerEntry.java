package dev.carillon.domain.billing;

import dev.carillon.domain.job.BulkId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One entry of the ledger: an amount that moved from one account to another. Never changed, never
/// removed.
///
/// @param id grows with every entry, with gaps
/// @param amount more than 0
/// @param job whose messages it is about; null when it is about none, or the job is forgotten
/// @param reference of a top-up, as its maker gave it; else empty
/// @param createdBy who brought it about; empty for what carriers and the clock brought about
public record LedgerEntry(
    long id,
    EntryKind kind,
    Money amount,
    @Nullable BulkId job,
    String reference,
    String createdBy,
    Instant at) {}
