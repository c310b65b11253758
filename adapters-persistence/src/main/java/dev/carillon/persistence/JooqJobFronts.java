package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.CLOCK;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.selectOne;

import dev.carillon.application.port.JobFronts;
import dev.carillon.domain.job.Front;
import dev.carillon.domain.job.JobId;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/// How far running jobs are, by the index of their open chunks.
final class JooqJobFronts implements JobFronts {
  /// Whether it is on for the house. Whether this very node is too old to dispatch does not matter:
  /// others do.
  private static final Field<Boolean> DISPATCH_ON =
      field(
              "coalesce((SELECT allowed AND confirmed_timeline = store_timeline()"
                  + " FROM dispatch_switch), false)",
              SQLDataType.BOOLEAN)
          .as("dispatch_on");

  private static final Field<Boolean> STOPPED =
      field(JobStates.stopped(JOB.BUSINESS_ID)).as("stopped");

  private static final Field<Boolean> LEASED =
      field(
              exists(
                  selectOne()
                      .from(CHUNK)
                      .where(CHUNK.JOB_ID.eq(JOB.ID))
                      .and(CHUNK.OPEN)
                      .and(CHUNK.LEASE_UNTIL.gt(CLOCK))))
          .as("leased");

  private static final Field<Instant> AGAIN =
      field("(SELECT min(again) FROM unnest({0}) AS again)", SQLDataType.INSTANT, CHUNK.DUE_TIMES)
          .as("again");

  private final Session session;

  JooqJobFronts(Session session) {
    this.session = session;
  }

  @Override
  public Front of(JobId job) {
    return session
        .sql()
        .select(JOB.BROKEN, STOPPED, DISPATCH_ON, LEASED)
        .from(JOB)
        .where(JOB.ID.eq(job.value()))
        .fetchOptional()
        .filter(row -> !row.get(JOB.BROKEN))
        .map(row -> front(job, row))
        .orElseGet(Front.Moving::new);
  }

  private Front front(JobId job, Record row) {
    if (row.get(STOPPED)) {
      return new Front.BusinessStopped();
    }
    if (!row.get(DISPATCH_ON)) {
      return new Front.DispatchOff();
    }
    return row.get(LEASED)
        ? new Front.Moving()
        : due(job).<Front>map(due -> due).orElseGet(Front.Moving::new);
  }

  private Optional<Front.Due> due(JobId job) {
    return session
        .sql()
        .select(CHUNK.NEXT_DUE, AGAIN)
        .from(CHUNK)
        .where(CHUNK.JOB_ID.eq(job.value()))
        .and(CHUNK.OPEN)
        .orderBy(CHUNK.NEXT_DUE, CHUNK.CHUNK_NO)
        .limit(1)
        .fetchOptional(row -> new Front.Due(row.value1(), row.value2()));
  }
}
