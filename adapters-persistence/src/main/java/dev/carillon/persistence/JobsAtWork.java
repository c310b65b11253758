package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.all;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.JobAtWork;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.Priority;
import dev.carillon.persistence.schema.tables.records.JobRecord;
import java.util.Collection;
import java.util.List;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Row1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The jobs for workers: of each lane, which is a business at a priority, the oldest few. Walks
/// from lane to lane by the index, so that it costs by lanes, however many jobs wait in them. Of
/// businesses that are stopped there is only what has to be swept.
final class JobsAtWork {
  private static final Table<?> LANE = table(name("lane"));
  private static final Field<Short> PRIORITY =
      field(name("lane", "priority"), SQLDataType.SMALLINT);
  private static final Field<Long> BUSINESS =
      field(name("lane", "business_id"), SQLDataType.BIGINT);
  private static final long BEFORE_ALL = 0;

  private JobsAtWork() {}

  static List<JobAtWork> fetch(
      DSLContext sql, Collection<JobId> without, int perBusiness, int limit) {
    return statement(sql, without, perBusiness, limit).fetch(JobsAtWork::job);
  }

  static Select<Record> statement(
      DSLContext sql, Collection<JobId> without, int perBusiness, int limit) {
    Table<?> oldest = lateral(ofLane(without, perBusiness)).as("oldest");
    return sql.withRecursive(lanes())
        .select(oldest.fields())
        .from(LANE)
        .crossJoin(oldest)
        .orderBy(field(name("oldest", "priority")).desc(), field(name("oldest", "id")))
        .limit(limit);
  }

  /// The first lane of each priority, and from each lane the next, until there is none.
  private static CommonTableExpression<Record2<Short, Long>> lanes() {
    Field<Short> priority = field(name("start", "priority"), SQLDataType.SMALLINT);
    Table<?> start =
        DSL.values(start(Priority.BULK), start(Priority.NORMAL), start(Priority.URGENT))
            .as("start", "priority");
    return name("lane")
        .fields("priority", "business_id")
        .as(
            select(priority, next(priority, inline(BEFORE_ALL)))
                .from(start)
                .unionAll(
                    select(PRIORITY, next(PRIORITY, BUSINESS))
                        .from(LANE)
                        .where(BUSINESS.isNotNull())));
  }

  private static Row1<Short> start(Priority priority) {
    return row(inline((short) priority.code()));
  }

  private static Field<Long> next(Field<Short> priority, Field<Long> business) {
    return field(
        select(min(JOB.BUSINESS_ID))
            .from(JOB)
            .where(JobStates.AT_WORK)
            .and(JOB.PRIORITY.eq(priority))
            .and(JOB.BUSINESS_ID.gt(business)));
  }

  private static Select<?> ofLane(Collection<JobId> without, int perBusiness) {
    Long[] named = without.stream().map(JobId::value).toArray(Long[]::new);
    return select(JOB.ID, JOB.BUSINESS_ID, JOB.PRIORITY, JOB.PROVIDER, JOB.STATUS, JOB.BROKEN)
        .from(JOB)
        .where(JobStates.AT_WORK)
        .and(JOB.PRIORITY.eq(PRIORITY))
        .and(JOB.BUSINESS_ID.eq(BUSINESS))
        .and(JOB.ID.ne(all(val(named))))
        .and(JobStates.SWEEPING.or(not(JobStates.stopped(BUSINESS))))
        .orderBy(JOB.ID)
        .limit(perBusiness);
  }

  private static JobAtWork job(Record row) {
    JobRecord job = row.into(JOB);
    return new JobAtWork(
        new JobId(job.getId()),
        new BusinessId(job.getBusinessId()),
        Priority.of(job.getPriority()),
        new CarrierId(job.getProvider()),
        job.getBroken() || JobStatus.of(job.getStatus()) == JobStatus.CANCELLING);
  }
}
