package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.CLOCK;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.NextChunk;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTerms;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.ToldStatuses;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Row2;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Locks chunk rows and reads them with the terms of their jobs.
final class LockedChunks {
  /// Whether anything may be handed over from this store, which is asked once a statement, and of
  /// this job's business.
  static final Field<Boolean> DISPATCH_ON =
      field(condition("(SELECT dispatch_allowed())").andNot(JobStates.stopped(JOB.BUSINESS_ID)))
          .as("dispatch_on");

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
          CHUNK.DUE_POSITIONS,
          CHUNK.DUE_TIMES,
          CHUNK.CAPTURED,
          CHUNK.REFUNDED,
          CHUNK.LINES,
          CHUNK.ROUTES,
          LEASED);
  private static final List<Field<?>> TERMS =
      List.of(
          JOB.STATUS,
          JOB.BROKEN,
          JOB.DEADLINE,
          JOB.UNKNOWN_POLICY,
          JOB.PROVIDER,
          JOB.MESSAGE_EVENTS,
          JOB.LINE_COSTS,
          JOB.REFUNDS_UNDELIVERED,
          JOB.REFUNDS_LOST);

  private static final Map<String, CarrierId> PROVIDERS = new ConcurrentHashMap<>();

  /// When to ask again for a chunk that is due and that another transaction has locked.
  private static final Duration MOMENT = Duration.ofMillis(50);

  private static final KeptStatement READY =
      new KeptStatement(ready(KeptStatement.RENDERING, new JobId(1), Instant.EPOCH));
  private static final KeptStatement ONE =
      new KeptStatement(
          lock(KeptStatement.RENDERING, CHUNK.JOB_ID.eq(1L).and(CHUNK.CHUNK_NO.eq(1))));

  private LockedChunks() {}

  static NextChunk next(DSLContext sql, JobId job, Instant now) {
    List<LockedChunk> ready =
        READY.read(
            sql,
            (statement, _) -> {
              statement.setLong(1, job.value());
              KeptStatement.bind(statement, 2, now);
              KeptStatement.bind(statement, 3, now);
              statement.setLong(4, job.value());
            },
            LockedChunks::locked);
    return ready.isEmpty() ? later(sql, job, now) : new NextChunk.Ready(ready.getFirst());
  }

  /// The statement that locks a job's next chunk.
  static Select<Record> ready(DSLContext sql, JobId job, Instant now) {
    Table<?> ready =
        lateral(
                select(LOCKED)
                    .from(CHUNK)
                    .where(CHUNK.JOB_ID.eq(job.value()))
                    .and(CHUNK.OPEN)
                    .and(CHUNK.NEXT_DUE.le(now).or(sweeping(now)))
                    .and(CHUNK.LEASE_UNTIL.isNull().or(CHUNK.LEASE_UNTIL.le(CLOCK)))
                    .orderBy(CHUNK.CHUNK_NO)
                    .limit(inline(1))
                    .forUpdate()
                    .skipLocked())
            .as("ready");
    return sql.select(TERMS)
        .select(DISPATCH_ON)
        .select(ready.fields())
        .from(JOB)
        .crossJoin(ready)
        .where(JOB.ID.eq(job.value()));
  }

  static List<LockedChunk> locked(DSLContext sql, Collection<ChunkKey> keys) {
    if (keys.size() == 1) {
      return one(sql, keys.iterator().next());
    }
    return lock(sql, row(CHUNK.JOB_ID, CHUNK.CHUNK_NO).in(rows(keys))).fetch(LockedChunks::locked);
  }

  static List<LockedChunk> heldBy(DSLContext sql, JobId job, WorkerId owner) {
    return lock(
            sql,
            CHUNK
                .JOB_ID
                .eq(job.value())
                .and(CHUNK.OPEN)
                .and(CHUNK.LEASE_OWNER.eq(owner.value()))
                .and(CHUNK.LEASE_UNTIL.gt(CLOCK)))
        .fetch(LockedChunks::locked);
  }

  private static List<LockedChunk> one(DSLContext sql, ChunkKey key) {
    return ONE.read(
        sql,
        (statement, _) -> {
          statement.setLong(1, key.job().value());
          statement.setInt(2, key.number());
        },
        LockedChunks::locked);
  }

  private static Select<Record> lock(DSLContext sql, Condition which) {
    return sql.select(LOCKED)
        .select(TERMS)
        .select(DISPATCH_ON)
        .from(CHUNK)
        .join(JOB)
        .on(JOB.ID.eq(CHUNK.JOB_ID))
        .where(which)
        .orderBy(CHUNK.JOB_ID, CHUNK.CHUNK_NO)
        .forUpdate()
        .of(CHUNK);
  }

  private static NextChunk later(DSLContext sql, JobId job, Instant now) {
    Instant first = firstDue(sql, job, now);
    if (first == null) {
      return new NextChunk.None();
    }
    Instant soon = now.plus(MOMENT);
    return new NextChunk.Later(first.isAfter(soon) ? first : soon);
  }

  /// When the first open chunk is due, by the clock of `now`; null when none is open.
  private static @Nullable Instant firstDue(DSLContext sql, JobId job, Instant now) {
    Field<Instant> leaseEnd =
        field("{0} + ({1} - {2})", SQLDataType.INSTANT, val(now), CHUNK.LEASE_UNTIL, CLOCK);
    Field<Instant> due = when(sweeping(now), val(now)).otherwise(CHUNK.NEXT_DUE);
    return sql.select(min(greatest(due, leaseEnd)))
        .from(CHUNK)
        .join(JOB)
        .on(JOB.ID.eq(CHUNK.JOB_ID))
        .where(CHUNK.JOB_ID.eq(job.value()))
        .and(CHUNK.OPEN)
        .fetchSingle()
        .value1();
  }

  /// Whether what waits in the job is to be swept, so that it does not matter when it is due.
  private static Condition sweeping(Instant now) {
    return or(
        JOB.STATUS.eq(inline((short) JobStatus.CANCELLING.code())),
        condition(JOB.BROKEN),
        JOB.DEADLINE.le(now));
  }

  private static List<Row2<Long, Integer>> rows(Collection<ChunkKey> keys) {
    List<Row2<Long, Integer>> rows = new ArrayList<>(keys.size());
    keys.forEach(key -> rows.add(row(val(key.job().value()), val(key.number()))));
    return rows;
  }

  private static LockedChunk locked(Record row) {
    return new LockedChunk(
        ChunkRows.chunk(row),
        new JobTerms(
            JobStatus.of(row.get(JOB.STATUS)),
            row.get(JOB.BROKEN),
            row.get(JOB.DEADLINE),
            UnknownPolicy.valueOf(row.get(JOB.UNKNOWN_POLICY)),
            told(row.get(JOB.MESSAGE_EVENTS))),
        provider(row.get(JOB.PROVIDER)),
        row.get(CHUNK.FENCE.getName(), Long.class),
        row.get(LEASED.getName(), Boolean.class),
        row.get(CHUNK.OPEN.getName(), Boolean.class),
        ChunkRows.dueTimes(row),
        row.get(DISPATCH_ON),
        BillRows.money(row));
  }

  private static LockedChunk locked(ResultSet row) throws SQLException {
    return new LockedChunk(
        new Chunk(
            new ChunkKey(new JobId(row.getLong("job_id")), row.getInt("chunk_no")),
            row.getInt("first_position"),
            row.getBytes("statuses"),
            row.getBytes("routes"),
            row.getLong("retries")),
        new JobTerms(
            JobStatus.of(row.getShort("status")),
            row.getBoolean("broken"),
            row.getObject("deadline", OffsetDateTime.class).toInstant(),
            UnknownPolicy.valueOf(row.getString("unknown_policy")),
            told(row.getShort("message_events"))),
        provider(row.getString("provider")),
        row.getLong("fence"),
        row.getBoolean("leased"),
        row.getBoolean("open"),
        dueTimes(row.getArray("due_positions"), row.getArray("due_times")),
        row.getBoolean("dispatch_on"),
        BillRows.money(row));
  }

  private static ToldStatuses told(short bits) {
    return bits == 0 ? ToldStatuses.NONE : new ToldStatuses(bits);
  }

  /// There are few, and they are read with every chunk.
  private static CarrierId provider(String name) {
    return PROVIDERS.computeIfAbsent(name, CarrierId::new);
  }

  private static Map<Integer, Instant> dueTimes(@Nullable Array positions, @Nullable Array times)
      throws SQLException {
    return positions == null || times == null
        ? Map.of()
        : ChunkRows.dueTimes((Integer[]) positions.getArray(), (Timestamp[]) times.getArray());
  }
}
