package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.persistence.schema.tables.records.JobRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SelectConditionStep;
import org.jooq.SelectField;
import org.jooq.UpdateSetMoreStep;
import org.jspecify.annotations.Nullable;

/// Jobs in PostgreSQL.
final class JooqBulkJobRepository implements BulkJobRepository {
  private static final List<SelectField<?>> STANDING =
      List.of(JOB.BUSINESS_ID, JOB.ENVIRONMENT, JOB.BULK_ID, JOB.STATUS, JOB.OPEN_CHUNKS);
  private static final Set<Short> RUNNING = codes(JobStatus::isRunning);

  private final Session session;

  JooqBulkJobRepository(Session session) {
    this.session = session;
  }

  @Override
  public JobId insert(NewBulkJob job) {
    return session
        .sql()
        .insertInto(JOB)
        .set(JobRows.toRow(job))
        .returningResult(JOB.ID)
        .fetchSingle(row -> new JobId(row.value1()));
  }

  @Override
  public Optional<BulkJob> find(Scope scope, BulkId bulkId) {
    return read(within(scope).and(JOB.BULK_ID.eq(bulkId.value())))
        .fetchOptional(JooqBulkJobRepository::job);
  }

  @Override
  public List<BulkJob> findAll(Collection<JobId> ids) {
    return read(JOB.ID.in(numbers(ids))).fetch(JooqBulkJobRepository::job);
  }

  @Override
  public Optional<DispatchJob> dispatchJob(JobId id) {
    return session
        .sql()
        .selectFrom(JOB)
        .where(JOB.ID.eq(id.value()))
        .fetchOptional(JobRows::dispatchJob);
  }

  @Override
  public Set<JobId> stopped(Collection<JobId> ids) {
    return session
        .sql()
        .select(JOB.ID)
        .from(JOB)
        .where(JOB.ID.in(numbers(ids)))
        .and(JOB.STATUS.notIn(RUNNING))
        .fetchSet(row -> new JobId(row.value1()));
  }

  @Override
  public Page<BulkJob> list(Scope scope, JobFilter filter, PageRequest page) {
    Condition wanted = within(scope).and(matches(filter));
    Result<? extends Record> rows =
        read(wanted.and(
                page.after().isPresent() ? JOB.ID.lt(page.after().getAsLong()) : noCondition()))
            .orderBy(JOB.ID.desc())
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch();
    List<BulkJob> jobs = new ArrayList<>(rows.map(JooqBulkJobRepository::job));
    OptionalLong next = OptionalLong.empty();
    if (jobs.size() > page.size()) {
      jobs.removeLast();
      next = OptionalLong.of(jobs.getLast().id().value());
    }
    return new Page<>(jobs, next, session.sql().fetchCount(JOB, wanted));
  }

  @Override
  public Optional<JobId> move(Scope scope, BulkId bulkId, JobTransition transition, Instant now) {
    return update(transition, null, now)
        .where(within(scope).and(JOB.BULK_ID.eq(bulkId.value())))
        .and(JOB.STATUS.in(codes(transition::allows)))
        .returningResult(JOB.ID)
        .fetchOptional(row -> new JobId(row.value1()));
  }

  @Override
  public boolean move(JobId id, JobTransition transition, @Nullable JobError error, Instant now) {
    return update(transition, error, now)
            .where(JOB.ID.eq(id.value()))
            .and(JOB.STATUS.in(codes(transition::allows)))
            .execute()
        == 1;
  }

  @Override
  public JobStanding closeChunk(JobId id, Instant now) {
    return session
        .sql()
        .update(JOB)
        .set(JOB.OPEN_CHUNKS, JOB.OPEN_CHUNKS.minus(1))
        .set(JOB.VERSION, JOB.VERSION.plus(1))
        .set(JOB.UPDATED_AT, greatest(JOB.UPDATED_AT, val(now)))
        .where(JOB.ID.eq(id.value()))
        .returningResult(STANDING)
        .fetchSingle(JooqBulkJobRepository::standing);
  }

  @Override
  public JobStanding lock(JobId id) {
    return session
        .sql()
        .select(STANDING)
        .from(JOB)
        .where(JOB.ID.eq(id.value()))
        .forNoKeyUpdate()
        .fetchSingle(JooqBulkJobRepository::standing);
  }

  @Override
  public Counters counters(JobId id) {
    Record sums =
        session
            .sql()
            .select(JobCounts.sums())
            .from(CHUNK)
            .where(CHUNK.JOB_ID.eq(id.value()))
            .fetchSingle();
    return JobCounts.counters(sums, true);
  }

  @Override
  public boolean settle(JobId id, Instant now) {
    return session
            .sql()
            .update(JOB)
            .set(JOB.SETTLED_AT, now)
            .set(JOB.VERSION, JOB.VERSION.plus(1))
            .set(JOB.UPDATED_AT, greatest(JOB.UPDATED_AT, val(now)))
            .where(JOB.ID.eq(id.value()))
            .and(JOB.SETTLED_AT.isNull())
            .execute()
        == 1;
  }

  private SelectConditionStep<Record> read(Condition wanted) {
    List<Field<?>> fields = new ArrayList<>(JobRows.SHOWN);
    fields.addAll(JobCounts.fields());
    return session.sql().select(fields).from(JOB).crossJoin(JobCounts.lateral()).where(wanted);
  }

  private UpdateSetMoreStep<JobRecord> update(
      JobTransition transition, @Nullable JobError error, Instant now) {
    UpdateSetMoreStep<JobRecord> update =
        session
            .sql()
            .update(JOB)
            .set(JOB.STATUS, (short) transition.target().code())
            .set(JOB.VERSION, JOB.VERSION.plus(1))
            .set(JOB.UPDATED_AT, greatest(JOB.UPDATED_AT, val(now)));
    if (transition.target() == JobStatus.PROCESSING) {
      update = update.set(JOB.STARTED_AT, coalesce(JOB.STARTED_AT, val(now)));
    }
    if (transition.target().isEnd()) {
      update =
          update
              .set(JOB.ENDED_AT, coalesce(JOB.ENDED_AT, val(now)))
              .set(JOB.ERROR, error == null ? null : error.name());
    }
    return update;
  }

  private static Condition within(Scope scope) {
    return JOB.BUSINESS_ID
        .eq(scope.business().value())
        .and(JOB.ENVIRONMENT.eq(scope.environment().name()));
  }

  private static Condition matches(JobFilter filter) {
    Condition matches = noCondition();
    if (!filter.statuses().isEmpty()) {
      matches = matches.and(JOB.STATUS.in(codes(filter.statuses()::contains)));
    }
    if (!filter.errors().isEmpty()) {
      matches =
          matches.and(
              JOB.STATUS
                  .ne((short) JobStatus.FAILED.code())
                  .or(JOB.ERROR.in(filter.errors().stream().map(JobError::name).toList())));
    }
    Channel channel = filter.channel();
    if (channel != null) {
      matches = matches.and(JOB.CHANNEL.eq(channel.name()));
    }
    if (!filter.labels().isEmpty()) {
      matches = matches.and(JOB.LABELS.contains(Json.of(filter.labels())));
    }
    return matches;
  }

  private static BulkJob job(Record row) {
    boolean started = JobStatus.of(row.get(JOB.STATUS)).hasStarted();
    return JobRows.job(
        row, JobCounts.counters(row, started), JobCounts.versions(row), JobCounts.moved(row));
  }

  private static JobStanding standing(Record row) {
    JobRecord job = row.into(JOB);
    return new JobStanding(
        JobRows.scope(job),
        new BulkId(job.getBulkId()),
        JobStatus.of(job.getStatus()),
        job.getOpenChunks());
  }

  private static List<Long> numbers(Collection<JobId> ids) {
    return ids.stream().map(JobId::value).toList();
  }

  private static Set<Short> codes(Predicate<JobStatus> wanted) {
    return Arrays.stream(JobStatus.values())
        .filter(wanted)
        .map(status -> (short) status.code())
        .collect(Collectors.toUnmodifiableSet());
  }
}
