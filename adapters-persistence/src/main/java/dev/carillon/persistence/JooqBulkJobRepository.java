package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.noCondition;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.JobControls;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.persistence.schema.tables.records.JobRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SelectConditionStep;
import org.jooq.Sequence;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Jobs in PostgreSQL.
final class JooqBulkJobRepository implements BulkJobRepository {
  private static final Sequence<BigInteger> JOB_NUMBERS =
      DSL.sequence(DSL.name("job_id_seq"), BigInteger.class);

  private final Session session;
  private final JobMoves moves;
  private final JobQueues queues;
  private final JobFigures figures;

  JooqBulkJobRepository(Session session) {
    this.session = session;
    this.moves = new JobMoves(session);
    this.queues = new JobQueues(session);
    this.figures = new JobFigures(session);
  }

  @Override
  public JobId nextId() {
    return new JobId(session.sql().nextval(JOB_NUMBERS).longValueExact());
  }

  @Override
  public void insert(JobId id, NewBulkJob job) {
    JobRecord row = JobRows.toRow(job);
    row.setId(id.value());
    session.sql().insertInto(JOB).set(row).execute();
  }

  @Override
  public Optional<BulkJob> find(Scope scope, BulkId bulkId) {
    return read(within(scope, bulkId)).fetchOptional(JooqBulkJobRepository::job);
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
  public Map<JobId, JobControls> controls(Collection<JobId> ids) {
    return queues.controls(ids);
  }

  @Override
  public List<JobAtWork> atWork(Collection<JobId> without, int perBusiness, int limit) {
    return JobsAtWork.fetch(session.sql(), without, perBusiness, limit);
  }

  @Override
  public Page<BulkJob> list(Scope scope, JobFilter filter, PageRequest page) {
    Condition wanted = within(scope).and(JobFilters.matches(filter));
    Condition rest = page.after().isPresent() ? JOB.ID.lt(page.after().getAsLong()) : noCondition();
    Table<?> from = JobFilters.table(filter);
    Result<? extends Record> rows =
        read(from, wanted.and(rest))
            .orderBy(JOB.ID.desc())
            .offset(page.skip())
            .limit(page.size() + 1)
            .fetch();
    List<BulkJob> jobs = rows.map(JooqBulkJobRepository::job);
    return Pages.of(jobs, job -> job.id().value(), page, session.sql().fetchCount(from, wanted));
  }

  @Override
  public Optional<BulkJob> lock(Scope scope, BulkId bulkId) {
    return moves
        .lock(within(scope, bulkId))
        .map(id -> read(JOB.ID.eq(id.value())).fetchSingle(JooqBulkJobRepository::job));
  }

  @Override
  public Optional<JobId> move(Scope scope, BulkId bulkId, JobTransition transition, Instant now) {
    return moves.move(within(scope, bulkId), transition, null, now);
  }

  @Override
  public boolean move(JobId id, JobTransition transition, @Nullable JobError error, Instant now) {
    return moves.move(JOB.ID.eq(id.value()), transition, error, now).isPresent();
  }

  @Override
  public boolean pause(JobId id, PauseReason reason, Instant now) {
    return moves.pause(id, reason, now);
  }

  @Override
  public boolean markBroken(JobId id, Instant now) {
    return moves.markBroken(id, now);
  }

  @Override
  public boolean update(
      JobId id, String name, int ratePerSecond, @Nullable SendWindow window, Instant now) {
    return moves.update(id, name, ratePerSecond, window, now);
  }

  @Override
  public List<JobId> fallDue(Instant now, Instant misfired, int limit) {
    return moves.fallDue(now, misfired, limit);
  }

  @Override
  public List<JobId> overdue(Instant now, int limit) {
    return queues.overdue(now, limit);
  }

  @Override
  public List<JobId> unsettled(Instant endedBefore, int limit) {
    return queues.unsettled(endedBefore, limit);
  }

  @Override
  public List<QuietJob> quiet(Instant before, int limit) {
    return queues.quiet(before, limit);
  }

  @Override
  public void grow(JobId id, int openChunks, long parts, Bill more) {
    moves.grow(id, openChunks, parts, more);
  }

  @Override
  public Bill bill(JobId id) {
    return figures.bill(id);
  }

  @Override
  public JobStanding closeChunk(JobId id, Movement money, Instant now) {
    return moves.closeChunk(id, money, now);
  }

  @Override
  public void addMoney(JobId id, Movement money) {
    moves.addMoney(id, money);
  }

  @Override
  public JobStanding lock(JobId id) {
    return moves.lock(id);
  }

  @Override
  public boolean settle(JobId id, Instant now) {
    return moves.settle(id, now);
  }

  @Override
  public long inFlight(JobId id) {
    return figures.inFlight(id);
  }

  @Override
  public Map<Reason, Long> reasons(JobId id) {
    return figures.reasons(id);
  }

  @Override
  public Counters counters(JobId id) {
    return figures.counters(id);
  }

  private SelectConditionStep<Record> read(Condition wanted) {
    return read(JOB, wanted);
  }

  private SelectConditionStep<Record> read(Table<?> from, Condition wanted) {
    List<Field<?>> fields = new ArrayList<>(JobRows.SHOWN);
    fields.addAll(JobCounts.fields());
    return session.sql().select(fields).from(from).crossJoin(JobCounts.lateral()).where(wanted);
  }

  private static Condition within(Scope scope) {
    return ScopeRows.is(scope, JOB.BUSINESS_ID, JOB.ENVIRONMENT);
  }

  private static Condition within(Scope scope, BulkId bulkId) {
    return within(scope).and(JOB.BULK_ID.eq(bulkId.value()));
  }

  private static BulkJob job(Record row) {
    boolean started = JobRows.hasStarted(row);
    return JobRows.job(
        row,
        JobCounts.counters(row, started),
        JobCounts.booked(row),
        JobCounts.versions(row),
        JobCounts.moved(row));
  }

  private static List<Long> numbers(Collection<JobId> ids) {
    return ids.stream().map(JobId::value).toList();
  }
}
