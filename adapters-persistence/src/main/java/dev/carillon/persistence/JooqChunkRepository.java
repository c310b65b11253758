package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Row2;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// Chunks in PostgreSQL. Leases go by its clock, `clock_timestamp()`, since that of a transaction
/// stands still.
final class JooqChunkRepository implements ChunkRepository {
  static final Field<Instant> CLOCK = field("clock_timestamp()", SQLDataType.INSTANT);
  private static final Field<Boolean> LEASED =
      field("coalesce({0} > {1}, false)", SQLDataType.BOOLEAN, CHUNK.LEASE_UNTIL, CLOCK)
          .as("leased");
  private static final List<SelectField<?>> LOCKED =
      List.of(
          CHUNK.JOB_ID,
          CHUNK.CHUNK_NO,
          CHUNK.FIRST_POSITION,
          CHUNK.STATUSES,
          CHUNK.RETRIES,
          CHUNK.OPEN,
          CHUNK.FENCE,
          LEASED);
  private static final String[] COLUMNS = {
    "job_id",
    "chunk_no",
    "first_position",
    "size",
    "open",
    "next_due",
    "updated_at",
    "retries",
    "queued",
    "in_flight",
    "sent",
    "delivered",
    "read",
    "undelivered",
    "failed",
    "expired",
    "cancelled",
    "unknown",
    "rejected_invalid",
    "rejected_duplicate",
    "rejected_suppressed",
    "rejected_no_address",
    "statuses"
  };

  private final Session session;
  private final InstantSource clock;

  JooqChunkRepository(Session session, InstantSource clock) {
    this.session = session;
    this.clock = clock;
  }

  @Override
  public void insert(List<Chunk> chunks) {
    Instant now = clock.instant();
    BinaryCopy.into(
        session.sql(),
        CHUNK.getName(),
        COLUMNS,
        copy -> {
          for (Chunk chunk : chunks) {
            copy.row()
                .int8(chunk.key().job().value())
                .int4(chunk.key().number())
                .int4(chunk.first())
                .int4(chunk.size())
                .bool(!chunk.isFinished())
                .timestamp(now)
                .timestamp(now)
                .int4(Math.toIntExact(chunk.retries()));
            for (short count : ChunkRows.tally(chunk.tally()).values()) {
              copy.int2(count);
            }
            copy.bytea(chunk.statuses());
          }
        });
  }

  @Override
  public Optional<LockedChunk> lockNext(Instant now) {
    Table<?> atWork =
        select(JOB.ID, JOB.STATUS)
            .from(JOB)
            .where(
                JOB.STATUS.in(
                    (short) JobStatus.PENDING.code(),
                    (short) JobStatus.PROCESSING.code(),
                    (short) JobStatus.CANCELLING.code()))
            .orderBy(JOB.PRIORITY.desc(), JOB.ID)
            .asTable("at_work");
    Table<?> ready =
        lateral(
                select(LOCKED)
                    .from(CHUNK)
                    .where(CHUNK.JOB_ID.eq(atWork.field(JOB.ID)))
                    .and(CHUNK.OPEN)
                    .and(CHUNK.NEXT_DUE.le(now).or(cancelling(atWork)))
                    .and(CHUNK.LEASE_UNTIL.isNull().or(CHUNK.LEASE_UNTIL.le(CLOCK)))
                    .orderBy(CHUNK.CHUNK_NO)
                    .limit(1)
                    .forUpdate()
                    .skipLocked())
            .as("ready");
    return session
        .sql()
        .select(atWork.field(JOB.STATUS))
        .select(ready.fields())
        .from(atWork)
        .crossJoin(ready)
        .limit(1)
        .fetchOptional(JooqChunkRepository::locked);
  }

  @Override
  public List<LockedChunk> lock(Collection<ChunkKey> keys) {
    return session
        .sql()
        .select(LOCKED)
        .select(JOB.STATUS)
        .from(CHUNK)
        .join(JOB)
        .on(JOB.ID.eq(CHUNK.JOB_ID))
        .where(row(CHUNK.JOB_ID, CHUNK.CHUNK_NO).in(rows(keys)))
        .orderBy(CHUNK.JOB_ID, CHUNK.CHUNK_NO)
        .forUpdate()
        .of(CHUNK)
        .fetch(JooqChunkRepository::locked);
  }

  @Override
  public void save(List<ChunkChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    BatchBindStep batch = session.sql().batch(ChunkUpdate.of(session.sql()));
    for (ChunkChange change : changes) {
      batch = batch.bind(ChunkUpdate.values(change, now));
    }
    batch.execute();
  }

  @Override
  public List<ChunkKey> open(JobId job, int afterNumber, int limit) {
    return session
        .sql()
        .select(CHUNK.CHUNK_NO)
        .from(CHUNK)
        .where(CHUNK.JOB_ID.eq(job.value()))
        .and(CHUNK.OPEN)
        .and(CHUNK.CHUNK_NO.gt(afterNumber))
        .orderBy(CHUNK.CHUNK_NO)
        .limit(limit)
        .fetch(number -> new ChunkKey(job, number.value1()));
  }

  /// What waits in a cancelled job is swept at once.
  private static Condition cancelling(Table<?> atWork) {
    return Objects.requireNonNull(atWork.field(JOB.STATUS)).eq((short) JobStatus.CANCELLING.code());
  }

  private static List<Row2<Long, Integer>> rows(Collection<ChunkKey> keys) {
    List<Row2<Long, Integer>> rows = new ArrayList<>(keys.size());
    keys.forEach(key -> rows.add(row(val(key.job().value()), val(key.number()))));
    return rows;
  }

  private static LockedChunk locked(Record row) {
    return new LockedChunk(
        ChunkRows.chunk(row),
        JobStatus.of(row.get(JOB.STATUS.getName(), Short.class)),
        row.get(CHUNK.FENCE.getName(), Long.class),
        row.get(LEASED.getName(), Boolean.class),
        row.get(CHUNK.OPEN.getName(), Boolean.class));
  }
}
