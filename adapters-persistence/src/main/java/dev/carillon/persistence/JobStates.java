package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.BUSINESS;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.selectOne;

import dev.carillon.domain.job.JobStatus;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;

/// Which statuses, as conditions. The codes stand in the statement itself, so that PostgreSQL sees
/// that a partial index fits.
final class JobStates {
  /// What workers look at.
  static final Condition AT_WORK =
      in(status -> status.isRunning() || status == JobStatus.CANCELLING);

  /// What can only be swept, which asks nothing of a carrier.
  static final Condition SWEEPING = condition(JOB.BROKEN).or(is(JobStatus.CANCELLING));

  private JobStates() {}

  /// Whether everything of the business is stopped.
  static Condition stopped(Field<Long> business) {
    return exists(
        selectOne()
            .from(BUSINESS)
            .where(BUSINESS.ID.eq(business))
            .and(BUSINESS.STOPPED_AT.isNotNull()));
  }

  static Condition in(Predicate<JobStatus> wanted) {
    return JOB.STATUS.in(codes(wanted));
  }

  static Condition is(JobStatus status) {
    return JOB.STATUS.eq(inline((short) status.code()));
  }

  private static List<Param<Short>> codes(Predicate<JobStatus> wanted) {
    return Arrays.stream(JobStatus.values())
        .filter(wanted)
        .map(status -> inline((short) status.code()))
        .toList();
  }
}
