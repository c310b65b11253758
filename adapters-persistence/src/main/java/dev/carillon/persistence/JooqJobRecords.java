package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ATTEMPT;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static dev.carillon.persistence.schema.Tables.RECEIPT;
import static org.jooq.impl.DSL.boolOr;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.JobRecords;
import dev.carillon.application.port.Ledger;
import dev.carillon.domain.audit.Evidence;
import dev.carillon.domain.audit.JobBooks;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SelectField;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/// Everything stored of a job in PostgreSQL. A transaction that begins by asking for the job sees
/// one moment of it all (REPEATABLE READ).
final class JooqJobRecords implements JobRecords {
  private static final Condition ACCEPTED = ATTEMPT.OUTCOME.eq((short) OutcomeKind.ACCEPTED.code());
  private static final Condition REFUSED =
      ATTEMPT.OUTCOME.notIn(
          (short) OutcomeKind.ACCEPTED.code(), (short) OutcomeKind.UNCONFIRMED.code());
  private static final Field<Short> LAST_ATTEMPT = max(ATTEMPT.ATTEMPT_NO).as("last_attempt");

  /// [dev.carillon.domain.delivery.Attempt#countsAtLeast()]
  private static final Field<Short> LEAST_ATTEMPTS =
      max(when(
                  ATTEMPT.OUTCOME.eq((short) OutcomeKind.UNCONFIRMED.code()),
                  ATTEMPT.ATTEMPT_NO.minus(1))
              .otherwise(ATTEMPT.ATTEMPT_NO))
          .as("least_attempts");

  private static final Field<Integer> ACCEPTED_COUNT =
      countDistinct(ATTEMPT.ATTEMPT_NO).filterWhere(ACCEPTED).as("accepted");
  private static final Field<Integer> RESENT_COUNT =
      countDistinct(ATTEMPT.ATTEMPT_NO).filterWhere(ACCEPTED.and(ATTEMPT.RESENT)).as("resent");
  private static final Field<Boolean> WAS_REFUSED = boolOr(REFUSED).as("refused");

  private static final Field<Integer> END =
      CHUNK.FIRST_POSITION.plus(CHUNK.SIZE).as("end_position");
  private static final Field<Integer> MESSAGES =
      DSL.field(
              select(count())
                  .from(MESSAGE)
                  .where(MESSAGE.JOB_ID.eq(CHUNK.JOB_ID))
                  .and(MESSAGE.POSITION.ge(CHUNK.FIRST_POSITION))
                  .and(MESSAGE.POSITION.lt(CHUNK.FIRST_POSITION.plus(CHUNK.SIZE))))
          .as("messages");
  private static final List<SelectField<?>> COLUMNS = columns();

  /// Every kind of receipt says that a carrier took the message.
  private static final Evidence TAKEN = new Evidence(0, 0, 0, 0, false, true);

  private final Session session;
  private final BulkJobRepository jobs;
  private final Ledger ledger;

  JooqJobRecords(Session session, BulkJobRepository jobs, Ledger ledger) {
    this.session = session;
    this.jobs = jobs;
    this.ledger = ledger;
  }

  @Override
  public Optional<BulkJob> job(BulkId bulkId) {
    session.sql().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    return session
        .sql()
        .select(JOB.ID)
        .from(JOB)
        .where(JOB.BULK_ID.eq(bulkId.value()))
        .fetchOptional(row -> new JobId(row.value1()))
        .flatMap(id -> jobs.findAll(List.of(id)).stream().findFirst());
  }

  @Override
  public List<ChunkRecord> chunks(JobId job, int afterNumber, int limit) {
    Result<? extends Record> rows =
        session
            .sql()
            .select(COLUMNS)
            .from(CHUNK)
            .join(JOB)
            .on(JOB.ID.eq(CHUNK.JOB_ID))
            .where(CHUNK.JOB_ID.eq(job.value()))
            .and(CHUNK.CHUNK_NO.gt(afterNumber))
            .orderBy(CHUNK.CHUNK_NO)
            .limit(limit)
            .fetch();
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<Integer, Evidence> evidence = evidence(job, rows);
    return rows.map(row -> chunkRecord(row, evidence));
  }

  @Override
  public int openChunks(JobId job) {
    return session
        .sql()
        .select(JOB.OPEN_CHUNKS)
        .from(JOB)
        .where(JOB.ID.eq(job.value()))
        .fetchSingle(row -> row.value1());
  }

  @Override
  public JobBooks books(JobId job) {
    Map<EntryKind, Long> booked = ledger.bookedFor(job);
    return session
        .sql()
        .select(JOB.CAPTURED, JOB.REFUNDED)
        .from(JOB)
        .where(JOB.ID.eq(job.value()))
        .fetchSingle(row -> new JobBooks(new Movement(row.value1(), row.value2()), booked));
  }

  private static ChunkRecord chunkRecord(Record row, Map<Integer, Evidence> evidence) {
    Chunk chunk = ChunkRows.chunk(row);
    Map<String, Integer> counted = new LinkedHashMap<>();
    for (TableField<?, Short> column : ChunkRows.tallyColumns()) {
      counted.put(column.getName(), row.get(column).intValue());
    }
    Map<Integer, Evidence> own = new HashMap<>(evidence);
    own.keySet().removeIf(position -> !chunk.contains(position));
    return new ChunkRecord(
        chunk, row.get(CHUNK.OPEN), counted, row.get(MESSAGES), own, BillRows.money(row));
  }

  /// What is known of the messages of all these chunks.
  private Map<Integer, Evidence> evidence(JobId job, Result<? extends Record> chunks) {
    int first = Collections.min(chunks.getValues(CHUNK.FIRST_POSITION));
    int end = Collections.max(chunks.getValues(END));
    Map<Integer, Evidence> evidence = new HashMap<>();
    session
        .sql()
        .select(
            ATTEMPT.POSITION,
            LAST_ATTEMPT,
            LEAST_ATTEMPTS,
            ACCEPTED_COUNT,
            RESENT_COUNT,
            WAS_REFUSED)
        .from(ATTEMPT)
        .where(ATTEMPT.JOB_ID.eq(job.value()))
        .and(ATTEMPT.POSITION.ge(first))
        .and(ATTEMPT.POSITION.lt(end))
        .groupBy(ATTEMPT.POSITION)
        .forEach(row -> evidence.put(row.value1(), attempts(row)));
    session
        .sql()
        .selectDistinct(RECEIPT.POSITION)
        .from(RECEIPT)
        .where(RECEIPT.JOB_ID.eq(job.value()))
        .and(RECEIPT.POSITION.ge(first))
        .and(RECEIPT.POSITION.lt(end))
        .forEach(row -> evidence.merge(row.value1(), TAKEN, JooqJobRecords::withReceipt));
    return evidence;
  }

  private static Evidence withReceipt(Evidence known, Evidence taken) {
    return new Evidence(
        known.lastAttempt(),
        known.leastAttempts(),
        known.accepted(),
        known.resentAccepted(),
        known.refused(),
        taken.taken());
  }

  private static Evidence attempts(Record row) {
    return new Evidence(
        row.get(LAST_ATTEMPT).intValue(),
        row.get(LEAST_ATTEMPTS).intValue(),
        row.get(ACCEPTED_COUNT),
        row.get(RESENT_COUNT),
        row.get(WAS_REFUSED),
        false);
  }

  private static List<SelectField<?>> columns() {
    List<SelectField<?>> columns = new ArrayList<>(ChunkRows.tallyColumns());
    columns.addAll(
        List.of(
            CHUNK.JOB_ID,
            CHUNK.CHUNK_NO,
            CHUNK.FIRST_POSITION,
            END,
            CHUNK.STATUSES,
            CHUNK.ROUTES,
            CHUNK.RETRIES,
            CHUNK.OPEN,
            MESSAGES));
    columns.addAll(BillRows.OF_CHUNK);
    columns.addAll(BillRows.FOR_CHUNKS);
    return columns;
  }
}
