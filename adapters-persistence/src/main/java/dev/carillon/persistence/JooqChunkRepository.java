package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.CLOCK;
import static dev.carillon.persistence.StoreClock.fromNow;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.Lease;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.NextChunk;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Chunks in PostgreSQL. Leases go by its clock.
final class JooqChunkRepository implements ChunkRepository {
  private static final Condition IN_DOUBT = CHUNK.UNKNOWN.gt(inline((short) 0));
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
    "statuses",
    "lines",
    "routes"
  };

  private final Session session;
  private final InstantSource clock;

  JooqChunkRepository(Session session, InstantSource clock) {
    this.session = session;
    this.clock = clock;
  }

  @Override
  public void insertBilled(List<NewChunk> chunks) {
    Instant now = clock.instant();
    BinaryCopy.into(
        session.sql(),
        CHUNK.getName(),
        COLUMNS,
        copy -> {
          for (NewChunk made : chunks) {
            Chunk chunk = made.chunk();
            copy.row()
                .int8(chunk.key().job().value())
                .int4(chunk.key().number())
                .int4(chunk.first())
                .int4(chunk.size())
                .bool(!chunk.isFinished(false))
                .timestamp(now)
                .timestamp(now)
                .int4(Math.toIntExact(chunk.retries()));
            for (short count : ChunkRows.tally(chunk.tally()).values()) {
              copy.int2(count);
            }
            copy.bytea(chunk.statuses());
            copy.byteaUnlessEmpty(made.lines().bytes()).byteaOrNull(chunk.routes());
          }
        });
  }

  @Override
  public NextChunk lockNext(JobId job, Instant now) {
    return LockedChunks.next(session.sql(), job, now);
  }

  @Override
  public List<LockedChunk> lock(Collection<ChunkKey> keys) {
    return LockedChunks.locked(session.sql(), keys);
  }

  @Override
  public List<LockedChunk> lockHeldBy(JobId job, WorkerId owner) {
    return LockedChunks.heldBy(session.sql(), job, owner);
  }

  @Override
  public void save(List<ChunkChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    ChunkUpdate.write(session.sql(), changes, clock.instant());
  }

  @Override
  public Set<ChunkKey> prolong(Map<ChunkKey, Lease> leases, Duration time) {
    if (leases.isEmpty()) {
      return Set.of();
    }
    Field<Long> wantedJob = field(name("wanted", "job_id"), SQLDataType.BIGINT);
    Field<Integer> wantedNumber = field(name("wanted", "chunk_no"), SQLDataType.INTEGER);
    Field<Long> wantedFence = field(name("wanted", "fence"), SQLDataType.BIGINT);
    return session
        .sql()
        .update(CHUNK)
        .set(CHUNK.LEASE_UNTIL, fromNow(time))
        .where(
            row(CHUNK.JOB_ID, CHUNK.CHUNK_NO)
                .in(
                    select(CHUNK.JOB_ID, CHUNK.CHUNK_NO)
                        .from(wanted(leases))
                        .join(CHUNK)
                        .on(CHUNK.JOB_ID.eq(wantedJob))
                        .and(CHUNK.CHUNK_NO.eq(wantedNumber))
                        .where(CHUNK.FENCE.eq(wantedFence))
                        .and(CHUNK.LEASE_UNTIL.gt(CLOCK))
                        .forUpdate()
                        .of(CHUNK)
                        .skipLocked()))
        .returningResult(CHUNK.JOB_ID, CHUNK.CHUNK_NO)
        .fetchSet(ChunkRows::key);
  }

  @Override
  public List<ChunkKey> open(JobId job, int afterNumber, int limit) {
    return keys(CHUNK.JOB_ID.eq(job.value()).and(CHUNK.OPEN), afterNumber, limit);
  }

  @Override
  public void makeDue(JobId job, Instant now) {
    session
        .sql()
        .update(CHUNK)
        .set(CHUNK.NEXT_DUE, now)
        .where(CHUNK.JOB_ID.eq(job.value()))
        .and(CHUNK.OPEN)
        .and(CHUNK.NEXT_DUE.gt(now))
        .and(CHUNK.LEASE_UNTIL.isNull().or(CHUNK.LEASE_UNTIL.le(CLOCK)))
        .execute();
  }

  @Override
  public List<ChunkKey> lapsed(int limit) {
    // job by job, so that paused jobs are looked for first, and not lapsed leases
    Table<?> lapsed =
        lateral(
                select(CHUNK.JOB_ID, CHUNK.CHUNK_NO)
                    .from(CHUNK)
                    .where(CHUNK.JOB_ID.eq(JOB.ID))
                    .and(CHUNK.OPEN)
                    .and(CHUNK.LEASE_UNTIL.le(CLOCK))
                    .limit(limit))
            .as("lapsed");
    return session
        .sql()
        .select(lapsed.fields())
        .from(JOB)
        .crossJoin(lapsed)
        .where(JobStates.is(JobStatus.PAUSED))
        .limit(limit)
        .fetch(ChunkRows::key);
  }

  @Override
  public List<ChunkKey> inDoubt(
      UnknownPolicy policy, Instant before, @Nullable ChunkKey after, int limit) {
    return session
        .sql()
        .select(CHUNK.JOB_ID, CHUNK.CHUNK_NO)
        .from(CHUNK)
        .join(JOB)
        .on(JOB.ID.eq(CHUNK.JOB_ID))
        .where(IN_DOUBT)
        .andNot(CHUNK.OPEN)
        .and(CHUNK.UPDATED_AT.lt(before))
        .and(JOB.UNKNOWN_POLICY.eq(policy.name()))
        .and(JOB.SETTLED_AT.isNull())
        .and(
            after == null
                ? noCondition()
                : row(CHUNK.JOB_ID, CHUNK.CHUNK_NO).gt(after.job().value(), after.number()))
        .orderBy(CHUNK.JOB_ID, CHUNK.CHUNK_NO)
        .limit(limit)
        .fetch(ChunkRows::key);
  }

  @Override
  public List<ChunkKey> inDoubt(JobId job, int afterNumber, int limit) {
    return keys(CHUNK.JOB_ID.eq(job.value()).and(IN_DOUBT), afterNumber, limit);
  }

  @Override
  public List<BilledChunk> billed(JobId job, int afterNumber, int limit) {
    return session
        .sql()
        .select(CHUNK.JOB_ID, CHUNK.CHUNK_NO, CHUNK.FIRST_POSITION, CHUNK.RETRIES)
        .select(CHUNK.STATUSES, CHUNK.ROUTES)
        .select(BillRows.OF_CHUNK)
        .select(BillRows.FOR_CHUNKS)
        .from(CHUNK)
        .join(JOB)
        .on(JOB.ID.eq(CHUNK.JOB_ID))
        .where(CHUNK.JOB_ID.eq(job.value()))
        .and(CHUNK.CHUNK_NO.gt(afterNumber))
        .orderBy(CHUNK.CHUNK_NO)
        .limit(limit)
        .fetch(row -> new BilledChunk(ChunkRows.chunk(row), BillRows.money(row)));
  }

  private List<ChunkKey> keys(Condition which, int afterNumber, int limit) {
    return session
        .sql()
        .select(CHUNK.JOB_ID, CHUNK.CHUNK_NO)
        .from(CHUNK)
        .where(which)
        .and(CHUNK.CHUNK_NO.gt(afterNumber))
        .orderBy(CHUNK.CHUNK_NO)
        .limit(limit)
        .fetch(ChunkRows::key);
  }

  private static Table<?> wanted(Map<ChunkKey, Lease> leases) {
    List<Long> jobs = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    List<Long> fences = new ArrayList<>();
    leases.forEach((key, lease) -> {
      jobs.add(key.job().value());
      numbers.add(key.number());
      fences.add(lease.fence());
    });
    return table(
            "unnest({0}, {1}, {2})",
            val(jobs.toArray(Long[]::new)),
            val(numbers.toArray(Integer[]::new)),
            val(fences.toArray(Long[]::new)))
        .as("wanted", "job_id", "chunk_no", "fence");
  }
}
