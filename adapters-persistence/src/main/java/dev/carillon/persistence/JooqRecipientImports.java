package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT_IMPORT;
import static dev.carillon.persistence.schema.Tables.RECIPIENT_IMPORT_CHUNK;
import static dev.carillon.persistence.schema.Tables.RECIPIENT_IMPORT_REFUSAL;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientImports;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.RecipientViolation;
import dev.carillon.domain.recipient.RefusedRow;
import dev.carillon.persistence.schema.tables.records.RecipientImportRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Record;

/// Imports of recipients in PostgreSQL.
final class JooqRecipientImports implements RecipientImports {
  private static final String[] REFUSAL_COLUMNS = {
    "import", "row_number", "sequence", "row_index", "fields", "reasons"
  };

  private final JooqTransactions transactions;
  private final Session session;

  JooqRecipientImports(JooqTransactions transactions) {
    this.transactions = transactions;
    this.session = transactions;
  }

  @Override
  public RecipientImport lock(
      Scope scope, String importId, RecipientMatch match, String principal, Instant now) {
    RecipientImportRecord begun = new RecipientImportRecord();
    begun.setBusinessId(scope.business().value());
    begun.setEnvironment(scope.environment().name());
    begun.setImportId(importId);
    begun.setMatchBy(match.name());
    begun.setCreatedBy(principal);
    begun.setCreatedAt(now);
    standing(begun, RecipientImport.begin(importId, match, now));
    // Once more for one that is forgotten just when it goes on: there between the two statements.
    return begunOrStanding(scope, begun)
        .or(() -> begunOrStanding(scope, begun))
        .orElseThrow(() -> new IllegalStateException("an import has disappeared"));
  }

  private Optional<RecipientImport> begunOrStanding(Scope scope, RecipientImportRecord begun) {
    session.sql().insertInto(RECIPIENT_IMPORT).set(begun).onConflictDoNothing().execute();
    return session
        .sql()
        .selectFrom(RECIPIENT_IMPORT)
        .where(of(scope, begun.getImportId()))
        .forUpdate()
        .fetchOptional(JooqRecipientImports::standing);
  }

  @Override
  public void save(
      Scope scope, RecipientImport changed, byte[] fingerprint, List<RefusedRow> refused) {
    RecipientImportRecord row = new RecipientImportRecord();
    standing(row, changed);
    long id =
        session
            .sql()
            .update(RECIPIENT_IMPORT)
            .set(row)
            .where(of(scope, changed.importId()))
            .returningResult(RECIPIENT_IMPORT.ID)
            .fetchSingle(written -> written.value1());
    session
        .sql()
        .insertInto(RECIPIENT_IMPORT_CHUNK)
        .set(RECIPIENT_IMPORT_CHUNK.IMPORT, id)
        .set(RECIPIENT_IMPORT_CHUNK.SEQUENCE, changed.nextSequence() - 1)
        .set(RECIPIENT_IMPORT_CHUNK.FINGERPRINT, fingerprint)
        .execute();
    if (!refused.isEmpty()) {
      BinaryCopy.into(
          session.sql(),
          "recipient_import_refusal",
          REFUSAL_COLUMNS,
          copy -> {
            for (RefusedRow one : refused) {
              copy.row()
                  .int8(id)
                  .int8(one.row())
                  .int8(one.sequence())
                  .int4(one.index())
                  .texts(one.violations().stream().map(RecipientViolation::field).toList())
                  .texts(one.violations().stream().map(RecipientViolation::description).toList());
            }
          });
    }
  }

  @Override
  public Optional<RecipientImport> find(Scope scope, String importId) {
    return session
        .sql()
        .selectFrom(RECIPIENT_IMPORT)
        .where(of(scope, importId))
        .fetchOptional(JooqRecipientImports::standing);
  }

  @Override
  public Optional<byte[]> fingerprint(Scope scope, String importId, long sequence) {
    return session
        .sql()
        .select(RECIPIENT_IMPORT_CHUNK.FINGERPRINT)
        .from(RECIPIENT_IMPORT)
        .join(RECIPIENT_IMPORT_CHUNK)
        .on(RECIPIENT_IMPORT_CHUNK.IMPORT.eq(RECIPIENT_IMPORT.ID))
        .where(of(scope, importId))
        .and(RECIPIENT_IMPORT_CHUNK.SEQUENCE.eq(sequence))
        .fetchOptional(RECIPIENT_IMPORT_CHUNK.FINGERPRINT);
  }

  @Override
  public Optional<Page<RefusedRow>> refused(Scope scope, String importId, PageRequest page) {
    return session
        .sql()
        .select(RECIPIENT_IMPORT.ID, RECIPIENT_IMPORT.REFUSED)
        .from(RECIPIENT_IMPORT)
        .where(of(scope, importId))
        .fetchOptional()
        .map(known -> refused(known.value1(), known.value2(), page));
  }

  @Override
  public int forget(Instant before, int limit) {
    return transactions.inTransaction(() -> {
      List<Long> still = lockStill(before, limit);
      int rows = still.isEmpty() ? 0 : forgetRows(still, limit);
      return still.isEmpty() || rows > 0 ? rows : forgetImports(still);
    });
  }

  /// Locked before anything of them is deleted: one that goes on would lose its rows.
  private List<Long> lockStill(Instant before, int limit) {
    return session
        .sql()
        .select(RECIPIENT_IMPORT.ID)
        .from(RECIPIENT_IMPORT)
        .where(RECIPIENT_IMPORT.UPDATED_AT.lt(before))
        .orderBy(RECIPIENT_IMPORT.UPDATED_AT)
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .fetch(RECIPIENT_IMPORT.ID);
  }

  private Page<RefusedRow> refused(long id, long total, PageRequest page) {
    List<RefusedRow> rows =
        session
            .sql()
            .selectFrom(RECIPIENT_IMPORT_REFUSAL)
            .where(RECIPIENT_IMPORT_REFUSAL.IMPORT.eq(id))
            .and(
                page.after().isPresent()
                    ? RECIPIENT_IMPORT_REFUSAL.ROW_NUMBER.gt(page.after().getAsLong())
                    : noCondition())
            .orderBy(RECIPIENT_IMPORT_REFUSAL.ROW_NUMBER)
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch(JooqRecipientImports::refusedRow);
    return Pages.of(rows, RefusedRow::row, page, total);
  }

  /// First, and by the page: an import may have left a million rows out.
  private int forgetRows(List<Long> imports, int limit) {
    return session
        .sql()
        .deleteFrom(RECIPIENT_IMPORT_REFUSAL)
        .where(
            row(RECIPIENT_IMPORT_REFUSAL.IMPORT, RECIPIENT_IMPORT_REFUSAL.ROW_NUMBER)
                .in(
                    select(RECIPIENT_IMPORT_REFUSAL.IMPORT, RECIPIENT_IMPORT_REFUSAL.ROW_NUMBER)
                        .from(RECIPIENT_IMPORT_REFUSAL)
                        .where(RECIPIENT_IMPORT_REFUSAL.IMPORT.in(imports))
                        .limit(limit)))
        .execute();
  }

  private int forgetImports(List<Long> imports) {
    return session
        .sql()
        .deleteFrom(RECIPIENT_IMPORT)
        .where(RECIPIENT_IMPORT.ID.in(imports))
        .execute();
  }

  private static void standing(RecipientImportRecord row, RecipientImport standing) {
    row.setNextSequence(standing.nextSequence());
    row.setTotal(standing.counts().total());
    row.setCreated(standing.counts().created());
    row.setUpdated(standing.counts().updated());
    row.setUnchanged(standing.counts().unchanged());
    row.setRefused(standing.counts().refused());
    row.setUpdatedAt(standing.updatedAt());
  }

  private static RecipientImport standing(RecipientImportRecord row) {
    return new RecipientImport(
        row.getImportId(),
        RecipientMatch.valueOf(row.getMatchBy()),
        row.getNextSequence(),
        new RecipientImport.Counts(
            row.getCreated(), row.getUpdated(), row.getUnchanged(), row.getRefused()),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }

  private static RefusedRow refusedRow(Record row) {
    String[] fields = row.get(RECIPIENT_IMPORT_REFUSAL.FIELDS);
    String[] reasons = row.get(RECIPIENT_IMPORT_REFUSAL.REASONS);
    return new RefusedRow(
        row.get(RECIPIENT_IMPORT_REFUSAL.ROW_NUMBER),
        row.get(RECIPIENT_IMPORT_REFUSAL.SEQUENCE),
        row.get(RECIPIENT_IMPORT_REFUSAL.ROW_INDEX),
        IntStream.range(0, fields.length)
            .mapToObj(i -> new RecipientViolation(fields[i], reasons[i]))
            .toList());
  }

  private static Condition of(Scope scope, String importId) {
    return ScopeRows.is(scope, RECIPIENT_IMPORT.BUSINESS_ID, RECIPIENT_IMPORT.ENVIRONMENT)
        .and(RECIPIENT_IMPORT.IMPORT_ID.eq(importId));
  }
}
