package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;

import dev.carillon.application.port.JobFilter;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobStatus;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Which jobs a list shows.
final class JobFilters {
  /// The table as the tenant sees it, where the index over labels can be used.
  private static final Table<?> BY_LABELS = DSL.table(name("own_job")).as(JOB);

  private JobFilters() {}

  /// What to list from.
  static Table<?> table(JobFilter filter) {
    return filter.labels().isEmpty() ? JOB : BY_LABELS;
  }

  static Condition matches(JobFilter filter) {
    Condition matches = noCondition();
    if (!filter.statuses().isEmpty()) {
      matches = matches.and(JobStates.in(filter.statuses()::contains));
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
}
