package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.BUSINESS;
import static dev.carillon.persistence.schema.Tables.JOB_QUOTA;
import static dev.carillon.persistence.schema.Tables.RECIPIENT_QUOTA;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.application.port.Permits.Grant;
import dev.carillon.application.port.Quotas;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.RecentJobs;
import dev.carillon.domain.business.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Record3;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// What was used of quotas, in PostgreSQL. What was set for a business is remembered for a few
/// seconds, so that a thousand calls cost one look-up.
final class JooqQuotas implements Quotas {
  private static final Duration REMEMBERED = Duration.ofSeconds(4);
  private static final int MOST_REMEMBERED = 10_000;
  private static final double NANOS = 1e9;
  private static final Field<Integer> PERMITS = field("permits", SQLDataType.INTEGER);
  private static final Field<Double> WAIT_SECONDS = field("wait_seconds", SQLDataType.DOUBLE);

  private final Session session;
  private final Cache<BusinessId, QuotaLimits> known =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();

  JooqQuotas(Session session) {
    this.session = session;
  }

  @Override
  public QuotaLimits limits(BusinessId business) {
    QuotaLimits limits = known.getIfPresent(business);
    if (limits == null) {
      limits = StoreFailures.translated(() -> read(business));
      known.put(business, limits);
    }
    return limits;
  }

  @Override
  public RecentJobs recentJobs(Scope scope, String principal) {
    return StoreFailures.translated(
            () -> jobs(scope, principal).fetchOptional(JooqQuotas::recentJobs))
        .orElse(RecentJobs.NONE);
  }

  @Override
  public RecentJobs lockRecentJobs(Scope scope, String principal) {
    return locked(scope, principal)
        .or(() -> {
          insertEmpty(scope, principal);
          return locked(scope, principal);
        })
        .orElseThrow(() -> new IllegalStateException("a row that was just made has disappeared"));
  }

  @Override
  public void keepRecentJobs(Scope scope, String principal, RecentJobs jobs) {
    session
        .sql()
        .update(JOB_QUOTA)
        .set(JOB_QUOTA.MADE_AT, times(jobs.times().stream()))
        .where(key(scope, principal))
        .execute();
  }

  @Override
  public boolean addRecipients(Scope scope, LocalDate day, long recipients, long most) {
    return recipients <= most
        && session
                .sql()
                .insertInto(RECIPIENT_QUOTA)
                .set(RECIPIENT_QUOTA.BUSINESS_ID, scope.business().value())
                .set(RECIPIENT_QUOTA.ENVIRONMENT, scope.environment().name())
                .set(RECIPIENT_QUOTA.DAY, day)
                .set(RECIPIENT_QUOTA.RECIPIENTS, recipients)
                .onConflict(
                    RECIPIENT_QUOTA.BUSINESS_ID, RECIPIENT_QUOTA.ENVIRONMENT, RECIPIENT_QUOTA.DAY)
                .doUpdate()
                .set(
                    RECIPIENT_QUOTA.RECIPIENTS,
                    RECIPIENT_QUOTA.RECIPIENTS.plus(excluded(RECIPIENT_QUOTA.RECIPIENTS)))
                .where(RECIPIENT_QUOTA.RECIPIENTS.le(val(most - recipients)))
                .execute()
            == 1;
  }

  @Override
  public Grant takeRequests(Scope scope, String principal, int perSecond, int wanted) {
    Table<?> granted =
        table(
            "take_requests({0}, {1}, {2})",
            val(bucket(scope, principal)), val((double) perSecond), val(wanted));
    return StoreFailures.translated(
        () -> grant(session.sql().select(PERMITS, WAIT_SECONDS).from(granted).fetchSingle()));
  }

  private QuotaLimits read(BusinessId business) {
    return session
        .sql()
        .select(BUSINESS.JOBS_PER_HOUR, BUSINESS.REQUESTS_PER_SECOND, BUSINESS.RECIPIENTS_PER_DAY)
        .from(BUSINESS)
        .where(BUSINESS.ID.eq(business.value()))
        .fetchOptional(JooqQuotas::limits)
        .orElse(QuotaLimits.CONFIGURED);
  }

  private Optional<RecentJobs> locked(Scope scope, String principal) {
    return jobs(scope, principal).forUpdate().fetchOptional(JooqQuotas::recentJobs);
  }

  private SelectConditionStep<Record1<OffsetDateTime[]>> jobs(Scope scope, String principal) {
    return session.sql().select(JOB_QUOTA.MADE_AT).from(JOB_QUOTA).where(key(scope, principal));
  }

  /// Of two who come first at once, one makes it, and the other waits for that one's end.
  private void insertEmpty(Scope scope, String principal) {
    session
        .sql()
        .insertInto(JOB_QUOTA)
        .set(JOB_QUOTA.BUSINESS_ID, scope.business().value())
        .set(JOB_QUOTA.ENVIRONMENT, scope.environment().name())
        .set(JOB_QUOTA.PRINCIPAL, principal)
        .set(JOB_QUOTA.MADE_AT, times(Stream.empty()))
        .onConflictDoNothing()
        .execute();
  }

  private static Condition key(Scope scope, String principal) {
    return ScopeRows.is(scope, JOB_QUOTA.BUSINESS_ID, JOB_QUOTA.ENVIRONMENT)
        .and(JOB_QUOTA.PRINCIPAL.eq(principal));
  }

  private static String bucket(Scope scope, String principal) {
    return "requests:%d:%s:%s".formatted(scope.business().value(), scope.environment(), principal);
  }

  private static OffsetDateTime[] times(Stream<Instant> times) {
    return times.map(time -> time.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
  }

  private static RecentJobs recentJobs(Record1<OffsetDateTime[]> row) {
    return new RecentJobs(Arrays.stream(row.value1()).map(OffsetDateTime::toInstant).toList());
  }

  private static QuotaLimits limits(Record3<Integer, Integer, Long> row) {
    return new QuotaLimits(
        optional(row.value1()),
        optional(row.value2()),
        row.value3() == null ? OptionalLong.empty() : OptionalLong.of(row.value3()));
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static Grant grant(Record2<Integer, Double> row) {
    return new Grant(row.value1(), Duration.ofNanos((long) Math.ceil(row.value2() * NANOS)));
  }
}
