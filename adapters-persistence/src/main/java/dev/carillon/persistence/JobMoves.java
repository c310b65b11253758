package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.carillon.application.port.BulkJobRepository.JobStanding;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.persistence.schema.tables.records.JobRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.UpdateSetMoreStep;
import org.jspecify.annotations.Nullable;

/// Changes of job rows, each one guarded statement.
final class JobMoves {
  private static final List<SelectField<?>> STANDING =
      List.of(
          JOB.BUSINESS_ID, JOB.ENVIRONMENT, JOB.BULK_ID, JOB.STATUS, JOB.BROKEN, JOB.OPEN_CHUNKS);

  private final Session session;

  JobMoves(Session session) {
    this.session = session;
  }

  /// Makes the move of the job that the condition bounds to, if it stands at one of its sources.
  Optional<JobId> move(
      Condition which, JobTransition transition, @Nullable JobError error, Instant now) {
    return moving(transition, error, now)
        .where(which)
        .and(JobStates.in(transition::allows))
        .returningResult(JOB.ID)
        .fetchOptional(row -> new JobId(row.value1()));
  }

  boolean pause(JobId id, PauseReason reason, Instant now) {
    return moving(JobTransition.PAUSE, null, now)
            .set(JOB.PAUSE_REASON, reason.name())
            .where(JOB.ID.eq(id.value()))
            .and(JobStates.in(JobTransition.PAUSE::allows))
            .execute()
        == 1;
  }

  boolean markBroken(JobId id, Instant now) {
    return touching(now)
            .set(JOB.BROKEN, inline(true))
            .where(JOB.ID.eq(id.value()))
            .andNot(JOB.BROKEN)
            .and(JobStates.in(status -> !status.isEnd()))
            .execute()
        == 1;
  }

  boolean update(
      JobId id, String name, int ratePerSecond, @Nullable SendWindow window, Instant now) {
    JobRecord changed = new JobRecord();
    changed.setName(name).setRatePerSecond(ratePerSecond);
    PlanRows.write(changed, window);
    return touching(now)
            .set(changed)
            .where(JOB.ID.eq(id.value()))
            .and(JobStates.in(status -> !status.isEnd()))
            .execute()
        == 1;
  }

  List<JobId> fallDue(Instant now, Instant misfired, int limit) {
    return moving(JobTransition.FALL_DUE, null, now)
        .set(
            JOB.DEADLINE,
            when(
                    JOB.MISFIRE
                        .eq(inline(MisfirePolicy.SKIP.name()))
                        .and(JOB.SEND_TIME.lt(misfired)),
                    val(now))
                .otherwise(JOB.DEADLINE))
        .where(
            JOB.ID.in(
                select(JOB.ID)
                    .from(JOB)
                    .where(JobStates.is(JobStatus.SCHEDULED))
                    .and(JOB.SEND_TIME.le(now))
                    .orderBy(JOB.SEND_TIME, JOB.ID)
                    .limit(limit)
                    .forNoKeyUpdate()
                    .skipLocked()))
        .returningResult(JOB.ID)
        .fetch(row -> new JobId(row.value1()));
  }

  void grow(JobId id, int openChunks, long parts, Bill more) {
    JobRecord bill = new JobRecord();
    BillRows.write(bill, more);
    session
        .sql()
        .update(JOB)
        .set(bill)
        .set(JOB.HELD, JOB.HELD.plus(more.total().micros()))
        .set(JOB.OPEN_CHUNKS, JOB.OPEN_CHUNKS.plus(openChunks))
        .set(JOB.PARTS, JOB.PARTS.plus(parts))
        .set(JOB.VERSION, JOB.VERSION.plus(1))
        .where(JOB.ID.eq(id.value()))
        .execute();
  }

  JobStanding closeChunk(JobId id, Movement money, Instant now) {
    return touching(now)
        .set(JOB.OPEN_CHUNKS, JOB.OPEN_CHUNKS.minus(1))
        .set(JOB.CAPTURED, JOB.CAPTURED.plus(money.captured()))
        .set(JOB.REFUNDED, JOB.REFUNDED.plus(money.refunded()))
        .where(JOB.ID.eq(id.value()))
        .returningResult(STANDING)
        .fetchSingle(JobMoves::standing);
  }

  /// What is shown is that of the chunks, whose versions grew.
  void addMoney(JobId id, Movement money) {
    session
        .sql()
        .update(JOB)
        .set(JOB.CAPTURED, JOB.CAPTURED.plus(money.captured()))
        .set(JOB.REFUNDED, JOB.REFUNDED.plus(money.refunded()))
        .where(JOB.ID.eq(id.value()))
        .execute();
  }

  JobStanding lock(JobId id) {
    return session
        .sql()
        .select(STANDING)
        .from(JOB)
        .where(JOB.ID.eq(id.value()))
        .forNoKeyUpdate()
        .fetchSingle(JobMoves::standing);
  }

  /// Locks the row that the condition bounds to.
  Optional<JobId> lock(Condition which) {
    return session
        .sql()
        .select(JOB.ID)
        .from(JOB)
        .where(which)
        .forNoKeyUpdate()
        .fetchOptional(row -> new JobId(row.value1()));
  }

  boolean settle(JobId id, Instant now) {
    return touching(now)
            .set(JOB.SETTLED_AT, now)
            .where(JOB.ID.eq(id.value()))
            .and(JOB.SETTLED_AT.isNull())
            .execute()
        == 1;
  }

  private UpdateSetMoreStep<JobRecord> touching(Instant now) {
    return session
        .sql()
        .update(JOB)
        .set(JOB.VERSION, JOB.VERSION.plus(1))
        .set(JOB.UPDATED_AT, greatest(JOB.UPDATED_AT, val(now)));
  }

  private UpdateSetMoreStep<JobRecord> moving(
      JobTransition transition, @Nullable JobError error, Instant now) {
    JobStatus target = transition.target();
    UpdateSetMoreStep<JobRecord> update =
        touching(now)
            .set(JOB.STATUS, (short) target.code())
            .set(JOB.PAUSE_REASON, target == JobStatus.PAUSED ? PauseReason.OWNER.name() : null);
    if (target == JobStatus.PROCESSING) {
      update = update.set(JOB.STARTED_AT, coalesce(JOB.STARTED_AT, val(now)));
    }
    if (target.isEnd()) {
      update =
          update
              .set(JOB.ENDED_AT, coalesce(JOB.ENDED_AT, val(now)))
              .set(JOB.ERROR, error == null ? null : error.name());
    }
    return update;
  }

  private static JobStanding standing(Record row) {
    JobRecord job = row.into(JOB);
    return new JobStanding(
        JobRows.scope(job),
        new BulkId(job.getBulkId()),
        JobStatus.of(job.getStatus()),
        job.getBroken(),
        job.getOpenChunks());
  }
}
