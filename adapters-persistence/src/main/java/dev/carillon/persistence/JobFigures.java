package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobId;
import java.math.BigDecimal;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// Single figures of a job, each read alone; most are summed over its chunks.
///
/// @param session reads as the running transaction sees it
record JobFigures(Session session) {
  Bill bill(JobId id) {
    return session
        .sql()
        .select(BillRows.OF_JOB)
        .from(JOB)
        .where(JOB.ID.eq(id.value()))
        .fetchSingle(BillRows::bill);
  }

  long inFlight(JobId id) {
    return session
        .sql()
        .select(coalesce(sum(CHUNK.IN_FLIGHT), 0))
        .from(CHUNK)
        .where(CHUNK.JOB_ID.eq(id.value()))
        .fetchSingle(row -> row.get(0, Long.class));
  }

  Map<Reason, Long> reasons(JobId id) {
    Table<?> counted = table("jsonb_each_text({0})", CHUNK.REASONS).as("counted", "code", "times");
    Field<Short> code = field(name("counted", "code")).cast(SQLDataType.SMALLINT);
    // What an earlier version did not count may be taken back all the same.
    Field<BigDecimal> times =
        sum(greatest(field(name("counted", "times")).cast(SQLDataType.BIGINT), inline(0L)));
    return session
        .sql()
        .select(code, times)
        .from(CHUNK)
        .crossJoin(lateral(counted))
        .where(CHUNK.JOB_ID.eq(id.value()))
        .and(CHUNK.REASONS.isNotNull())
        .groupBy(code)
        .having(times.gt(inline(BigDecimal.ZERO)))
        .fetchMap(row -> Reason.of(row.value1()), row -> row.value2().longValue());
  }

  Counters counters(JobId id) {
    Record sums =
        session
            .sql()
            .select(JobCounts.sums())
            .from(CHUNK)
            .where(CHUNK.JOB_ID.eq(id.value()))
            .fetchSingle();
    return JobCounts.counters(sums, true);
  }
}
