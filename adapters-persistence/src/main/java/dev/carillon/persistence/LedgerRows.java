package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.LEDGER_ENTRY;

import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Between rows of the ledger and the domain.
final class LedgerRows {
  /// All that an entry is made of, with the job that it is about.
  static final List<Field<?>> FIELDS =
      List.of(
          LEDGER_ENTRY.ID,
          LEDGER_ENTRY.KIND,
          LEDGER_ENTRY.AMOUNT,
          LEDGER_ENTRY.CURRENCY,
          LEDGER_ENTRY.REFERENCE,
          LEDGER_ENTRY.CREATED_BY,
          LEDGER_ENTRY.AT,
          LEDGER_ENTRY.BULK_ID);

  private LedgerRows() {}

  static LedgerEntry entry(Record row) {
    UUID job = row.get(LEDGER_ENTRY.BULK_ID);
    String reference = row.get(LEDGER_ENTRY.REFERENCE);
    return new LedgerEntry(
        row.get(LEDGER_ENTRY.ID),
        EntryKind.of(row.get(LEDGER_ENTRY.KIND)),
        new Money(row.get(LEDGER_ENTRY.CURRENCY), row.get(LEDGER_ENTRY.AMOUNT)),
        job == null ? null : new BulkId(job),
        reference == null ? "" : reference,
        row.get(LEDGER_ENTRY.CREATED_BY),
        row.get(LEDGER_ENTRY.AT));
  }

  static Condition within(Scope scope) {
    return ScopeRows.is(scope, LEDGER_ENTRY.BUSINESS_ID, LEDGER_ENTRY.ENVIRONMENT);
  }

  /// Appends an entry that is about no job.
  ///
  /// @param entry its number is given by the table
  static LedgerEntry append(DSLContext sql, Scope scope, LedgerEntry entry) {
    long id =
        sql.insertInto(LEDGER_ENTRY)
            .set(LEDGER_ENTRY.BUSINESS_ID, scope.business().value())
            .set(LEDGER_ENTRY.ENVIRONMENT, scope.environment().name())
            .set(LEDGER_ENTRY.KIND, (short) entry.kind().code())
            .set(LEDGER_ENTRY.AMOUNT, entry.amount().micros())
            .set(LEDGER_ENTRY.CURRENCY, entry.amount().currency())
            .set(LEDGER_ENTRY.REFERENCE, orNull(entry.reference()))
            .set(LEDGER_ENTRY.CREATED_BY, entry.createdBy())
            .set(LEDGER_ENTRY.AT, entry.at())
            .returningResult(LEDGER_ENTRY.ID)
            .fetchSingle(row -> row.value1());
    return new LedgerEntry(
        id, entry.kind(), entry.amount(), null, entry.reference(), entry.createdBy(), entry.at());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
