package dev.carillon.persistence;

import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.ContactHistory;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.JobStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.impl.SQLDataType;

/// How often addresses were written to, counted from the messages themselves: nothing is kept for
/// it, and only who asks pays.
final class JooqContactHistory implements ContactHistory {
  private static final String COUNTED =
      """
      SELECT m.address, count(*)::int AS messages
      FROM job j
      JOIN message m ON m.job_id = j.id
      JOIN (SELECT DISTINCT address FROM unnest({4}) AS given(address)) AS a ON a.address = m.address
      WHERE j.business_id = {0} AND j.environment = {1} AND j.channel = {2} AND j.created_at >= {3}
        AND (j.started_at IS NOT NULL OR j.status <> ALL ({5})) AND m.rejected IS NULL
      GROUP BY m.address\
      """;

  /// Where a job stands that nobody got or will get anything of, unless it began before.
  private static final Short[] UNSENT =
      Stream.of(JobStatus.OPEN, JobStatus.CANCELLING, JobStatus.CANCELLED)
          .map(status -> (short) status.code())
          .toArray(Short[]::new);

  private final Session session;

  JooqContactHistory(Session session) {
    this.session = session;
  }

  @Override
  public Map<String, Integer> messagesSince(
      Scope scope, Channel channel, Collection<String> addresses, Instant since) {
    if (addresses.size() > MOST_ADDRESSES) {
      throw new IllegalArgumentException("at most " + MOST_ADDRESSES + " addresses a question");
    }
    if (addresses.isEmpty()) {
      return Map.of();
    }
    return session
        .sql()
        .resultQuery(
            COUNTED,
            val(scope.business().value()),
            val(scope.environment().name()),
            val(channel.name()),
            val(since, SQLDataType.INSTANT),
            val(addresses.toArray(String[]::new)),
            val(UNSENT))
        .fetchMap(
            row -> row.get("address", String.class), row -> row.get("messages", Integer.class));
  }
}
