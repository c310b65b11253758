package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.DispatchJob;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.jooq.CloseableDSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/// What the first release stored goes on under every later schema.
class MigrationIT {
  private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void givesJobsOfTheFirstReleaseTheGreatestAgeAndTheirOwnWords() {
    DatabaseConfig empty = TestDatabase.empty();
    Flyway.configure()
        .dataSource(empty.jdbcUrl(), empty.user(), empty.password())
        .target("1")
        .load()
        .migrate();
    try (CloseableDSLContext sql = DSL.using(empty.jdbcUrl(), empty.user(), empty.password());
        Database database = new Database(() -> empty, InstantSource.system(), new Uuid7Ids())) {
      long job = insertRunningJob(sql);

      database.start();

      assertThat(database.forHouse().jobs().atWork(List.of(), 1, 10))
          .singleElement()
          .satisfies(atWork -> assertThat(atWork.id().value()).isEqualTo(job));
      DispatchJob known = database.forHouse().jobs().dispatchJob(new JobId(job)).orElseThrow();
      assertThat(known.deadline()).isEqualTo(CREATED.plus(Duration.ofDays(3)));
      // Whatever braces it holds: it was written when nothing filled them.
      assertThat(known.content()).isEqualTo(new SmsContent("hi {{name}} {{", ""));
      assertThat(known.composition()).isEqualTo(Composition.PLAIN);
    }
  }

  @Test
  void keepsWhatWasSuppressedAndAnswersJobsThatWereThereBefore() {
    DatabaseConfig empty = TestDatabase.empty();
    Flyway.configure()
        .dataSource(empty.jdbcUrl(), empty.user(), empty.password())
        .target("14")
        .load()
        .migrate();
    try (CloseableDSLContext sql = DSL.using(empty.jdbcUrl(), empty.user(), empty.password());
        Database database = new Database(() -> empty, InstantSource.system(), new Uuid7Ids())) {
      sql.execute(
          "INSERT INTO business (name, default_region, currency, created_at)"
              + " VALUES ('old', 'ZW', 'USD', now())");
      sql.execute(
          "INSERT INTO suppression (business_id, environment, channel, address, reason, created_at)"
              + " SELECT id, 'LIVE', 'SMS', '+263771234567', 'asked us to', now() FROM business");
      sql.execute("SELECT ensure_partitions(250000)");
      List<String> partitions = suffixes(sql, "attempt");

      database.start();

      assertThat(suffixes(sql, "carrier_part")).containsAll(partitions).contains("_p0", "_p2");
      assertThat(suffixes(sql, "part_receipt")).containsAll(partitions);
      assertThat(database.forHouse().suppressions().recent(Duration.ofHours(1), 10))
          .singleElement()
          .satisfies(kept -> assertThat(kept.cause()).isEqualTo(SuppressionCause.MANUAL));
    }
  }

  private static List<String> suffixes(CloseableDSLContext sql, String table) {
    return sql.fetch(
            "SELECT substring(c.relname FROM '_p[0-9]+$') FROM pg_inherits i"
                + " JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = ?::regclass",
            table)
        .map(row -> Objects.requireNonNull(row.get(0, String.class)));
  }

  private static long insertRunningJob(CloseableDSLContext sql) {
    long business =
        sql.fetchSingle(
                "INSERT INTO business (name, default_region, currency, created_at)"
                    + " VALUES ('old', 'ZW', 'USD', now()) RETURNING id")
            .get(0, Long.class);
    return sql.fetchSingle(
            """
            INSERT INTO job (bulk_id, business_id, environment, name, channel, status, priority, labels, created_by,
              provider, text, sender, subject, html, mail_from, reply_to, headers, currency, held, captured, refunded,
              parts, open_chunks, version, created_at, updated_at)
            VALUES (gen_random_uuid(), ?, 'LIVE', 'old', 'SMS', 4, 2, '{}', 'key', 'simulated', 'hi {{name}} {{', '', '', '', '',
              '', '{}', 'USD', 0, 0, 0, 1, 1, 1, ?::timestamptz, ?::timestamptz)
            RETURNING id\
            """,
            business,
            CREATED.toString(),
            CREATED.toString())
        .get(0, Long.class);
  }
}
