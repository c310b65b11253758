package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.select;

import dev.carillon.application.port.BulkJobRepository.QuietJob;
import dev.carillon.application.port.JobControls;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.persistence.schema.tables.records.JobRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Which jobs the house's loops have to look at, each list by an index of its own.
final class JobQueues {
  private static final String CHUNKS = "of_chunks";
  private static final Field<Instant> MOVED =
      DSL.field(DSL.name(CHUNKS, "moved"), SQLDataType.INSTANT);
  private static final Field<Instant> DUE = DSL.field(DSL.name(CHUNKS, "due"), SQLDataType.INSTANT);
  private static final Field<Instant> CHANGED_AT = greatest(JOB.UPDATED_AT, MOVED);

  private final Session session;

  JobQueues(Session session) {
    this.session = session;
  }

  Map<JobId, JobControls> controls(Collection<JobId> ids) {
    return session
        .sql()
        .select(
            JOB.ID,
            JOB.STATUS,
            JOB.BROKEN,
            JOB.RATE_PER_SECOND,
            JOB.WINDOW_FROM,
            JOB.WINDOW_TO,
            JOB.WINDOW_DAYS,
            JOB.WINDOW_ZONE,
            LockedChunks.DISPATCH_ON)
        .from(JOB)
        .where(JOB.ID.in(ids.stream().map(JobId::value).toList()))
        .fetchMap(row -> new JobId(row.get(JOB.ID)), JobQueues::controls);
  }

  List<JobId> overdue(Instant now, int limit) {
    Condition mayEndUnsent = JobStates.in(JobTransition.END_FAILED::allows);
    return session
        .sql()
        .select(JOB.ID)
        .from(JOB)
        .where(mayEndUnsent)
        .and(JOB.DEADLINE.le(now))
        .and(JOB.OPEN_CHUNKS.gt(0))
        .orderBy(JOB.DEADLINE, JOB.ID)
        .limit(limit)
        .fetch(row -> new JobId(row.value1()));
  }

  List<JobId> unsettled(Instant endedBefore, int limit) {
    return session
        .sql()
        .select(JOB.ID)
        .from(JOB)
        .where(JOB.ENDED_AT.lt(endedBefore))
        .and(JOB.SETTLED_AT.isNull())
        .orderBy(JOB.ENDED_AT, JOB.ID)
        .limit(limit)
        .fetch(row -> new JobId(row.value1()));
  }

  List<QuietJob> quiet(Instant before, int limit) {
    return session
        .sql()
        .select(JOB.ID, JOB.BULK_ID, JOB.STATUS, CHANGED_AT, DUE)
        .from(JOB)
        .crossJoin(ofChunks())
        .where(JobStates.AT_WORK)
        .and(JOB.UPDATED_AT.lt(before))
        .and(CHANGED_AT.lt(before))
        .and(JobStates.SWEEPING.or(not(JobStates.stopped(JOB.BUSINESS_ID))))
        .orderBy(CHANGED_AT, JOB.ID)
        .limit(limit)
        .fetch(row ->
            new QuietJob(
                new JobId(row.get(JOB.ID)),
                new BulkId(row.get(JOB.BULK_ID)),
                JobStatus.of(row.get(JOB.STATUS)),
                row.get(CHANGED_AT),
                row.get(DUE)));
  }

  private static Table<?> ofChunks() {
    return lateral(
            select(
                    max(CHUNK.UPDATED_AT).as(MOVED.getName()),
                    min(greatest(CHUNK.NEXT_DUE, CHUNK.LEASE_UNTIL))
                        .filterWhere(CHUNK.OPEN)
                        .as(DUE.getName()))
                .from(CHUNK)
                .where(CHUNK.JOB_ID.eq(JOB.ID)))
        .as(CHUNKS);
  }

  private static JobControls controls(Record row) {
    JobRecord job = row.into(JOB);
    boolean running = JobStatus.of(job.getStatus()).isRunning() && !job.getBroken();
    return new JobControls(
        running && row.get(LockedChunks.DISPATCH_ON), job.getRatePerSecond(), PlanRows.window(job));
  }
}
