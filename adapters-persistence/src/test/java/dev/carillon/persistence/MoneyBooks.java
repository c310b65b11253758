package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.persistence.MoneyWork.Unsettled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Audits the books in plain SQL, without the code that keeps them: what every message costs by the
/// price list, where its money is by its status byte, and what the entries say. Each look is one
/// statement, so that it holds at any moment, also while others move money.
final class MoneyBooks {
  private final DSLContext sql;

  MoneyBooks(DSLContext sql) {
    this.sql = sql;
  }

  /// What the audit reads; the price list is the test's own.
  void prepare(Iterable<Shop> shops) {
    sql.execute(
        """
        CREATE TABLE fair_price (
          business_id bigint, environment text, channel text, prefix text, part boolean, micros bigint)
        """);
    for (Shop shop : shops) {
      for (Shop.Rule rule : shop.rules()) {
        sql.execute(
            "INSERT INTO fair_price VALUES (?, ?, ?, ?, ?, ?)",
            shop.scope().business().value(),
            shop.scope().environment().name(),
            rule.channel().name(),
            rule.prefix(),
            rule.unit().name().equals("PART"),
            rule.micros());
      }
    }
    sql.execute(
        """
        CREATE VIEW told_message AS
        SELECT j.id AS job_id, j.business_id, j.environment, j.channel, c.chunk_no, c.open, s.state,
          c.first_position + i AS position,
          CASE
            WHEN c.lines IS NULL THEN 0
            WHEN length(c.lines) = 2
              THEN j.line_costs[1 + 256 * get_byte(c.lines, 0) + get_byte(c.lines, 1)]
            ELSE j.line_costs[1 + 256 * get_byte(c.lines, 2 * i) + get_byte(c.lines, 2 * i + 1)]
          END AS cost,
          CASE
            WHEN s.state IN (13, 14, 15, 16) THEN 'none'
            WHEN s.state IN (0, 1, 12, 17, 18) THEN 'held'
            WHEN s.state IN (2, 3, 4) OR (s.state = 5 AND NOT j.refunds_undelivered)
              OR (s.state = 7 AND NOT j.refunds_lost) THEN 'captured'
            ELSE 'refunded'
          END AS standing
        FROM job j
        JOIN chunk c ON c.job_id = j.id
        CROSS JOIN LATERAL generate_series(0, c.size - 1) AS i
        CROSS JOIN LATERAL (SELECT get_byte(c.statuses, i) & 31 AS state) AS s
        """);
    sql.execute(
        """
        CREATE VIEW told_job AS
        SELECT j.id AS job_id, j.bulk_id, j.business_id, j.environment, j.held,
          j.settled_at IS NOT NULL AS settled,
          coalesce(sum(m.cost) FILTER (WHERE m.standing <> 'none'), 0) AS accepted,
          coalesce(sum(m.cost) FILTER (WHERE m.standing = 'captured'), 0) AS captured,
          coalesce(sum(m.cost) FILTER (WHERE m.standing = 'refunded' AND NOT m.open), 0) AS refunded
        FROM job j LEFT JOIN told_message m ON m.job_id = j.id
        GROUP BY j.id
        """);
    sql.execute(
        """
        CREATE VIEW told_entry AS
        SELECT e.business_id, e.environment, e.currency, side.account, side.amount
        FROM ledger_entry e
        JOIN (VALUES
          (1, 'FUNDING', 'AVAILABLE'), (2, 'AVAILABLE', 'FUNDING'), (3, 'AVAILABLE', 'HELD'),
          (4, 'HELD', 'CAPTURED'), (5, 'CAPTURED', 'HELD'), (6, 'HELD', 'AVAILABLE'),
          (7, 'AVAILABLE', 'HELD'), (8, 'OWED', 'HELD'), (9, 'AVAILABLE', 'OWED')
        ) AS way(kind, source, target) ON way.kind = e.kind
        CROSS JOIN LATERAL (VALUES (way.source, -e.amount), (way.target, e.amount)) AS side(account, amount)
        """);
  }

  /// What must show nothing at any moment.
  private static Map<String, String> looks() {
    Map<String, String> looks = new LinkedHashMap<>();
    looks.put(
        "the entries of a business do not come to nothing",
        """
        SELECT business_id, environment, currency, sum(amount) FROM told_entry
        GROUP BY 1, 2, 3 HAVING sum(amount) <> 0
        """);
    looks.put(
        "a balance is not what its entries say",
        """
        SELECT * FROM account a
        FULL JOIN (
          SELECT business_id, environment, currency,
            coalesce(sum(amount) FILTER (WHERE account = 'AVAILABLE'), 0) AS available,
            -coalesce(sum(amount) FILTER (WHERE account = 'OWED'), 0) AS owed
          FROM told_entry GROUP BY 1, 2, 3
        ) AS told USING (business_id, environment, currency)
        WHERE coalesce(a.available, 0) <> coalesce(told.available, 0)
          OR coalesce(a.owed, 0) <> coalesce(told.owed, 0)
        """);
    looks.put(
        "an account is on the wrong side of nothing",
        """
        SELECT business_id, environment, account, sum(amount) FROM told_entry GROUP BY 1, 2, 3
        HAVING sum(amount) * (CASE WHEN account IN ('FUNDING', 'OWED') THEN -1 ELSE 1 END) < 0
        """);
    looks.put(
        "what was booked for a job is not what its messages cost and what became of them",
        """
        SELECT * FROM told_job j
        LEFT JOIN (
          SELECT bulk_id,
            sum(CASE kind WHEN 3 THEN amount ELSE 0 END) AS set_aside,
            sum(CASE kind WHEN 4 THEN amount WHEN 5 THEN -amount ELSE 0 END) AS taken,
            sum(CASE kind WHEN 6 THEN amount WHEN 7 THEN -amount WHEN 8 THEN -amount ELSE 0 END)
              AS returned
          FROM ledger_entry WHERE bulk_id IS NOT NULL GROUP BY bulk_id
        ) AS booked USING (bulk_id)
        WHERE held <> accepted OR accepted <> coalesce(set_aside, 0)
          OR captured <> coalesce(taken, 0) OR refunded <> coalesce(returned, 0)
        """);
    looks.put(
        "a job has settled and still holds money",
        "SELECT * FROM told_job WHERE settled AND accepted <> captured + refunded");
    looks.put(
        "what a business holds is not what its jobs hold",
        """
        SELECT * FROM (
          SELECT business_id, environment, sum(amount) AS held FROM told_entry
          WHERE account = 'HELD' GROUP BY 1, 2) AS told
        FULL JOIN (
          SELECT business_id, environment, sum(accepted - captured - refunded) AS held
          FROM told_job GROUP BY 1, 2) AS jobs USING (business_id, environment)
        WHERE coalesce(told.held, 0) <> coalesce(jobs.held, 0)
        """);
    return looks;
  }

  private static final String FAIR =
      """
      SELECT told.*, m.parts, fair.micros FROM told_message told
      JOIN message m ON m.job_id = told.job_id AND m.position = told.position
      LEFT JOIN LATERAL (
        SELECT CASE WHEN p.part THEN p.micros * m.parts ELSE p.micros END AS micros
        FROM fair_price p
        WHERE p.business_id = told.business_id AND p.environment = told.environment
          AND p.channel = told.channel AND starts_with(m.address, p.prefix)
        ORDER BY length(p.prefix) DESC LIMIT 1) AS fair ON true
      WHERE told.standing <> 'none' AND told.cost IS DISTINCT FROM fair.micros
      """;

  /// Looks at the books as they are now.
  void look() {
    looks().forEach(this::nothing);
  }

  /// Looks at them when nobody is at work; also at the price of each message, and at what the
  /// service itself shows of each business and of the jobs from this number on.
  void audit(Stores stores, Iterable<Shop> shops, long firstJob) {
    look();
    nothing("a message does not cost its price", FAIR);
    for (Record told : sql.fetch("SELECT * FROM told_job WHERE job_id >= ?", firstJob)) {
      compare(told, stores);
    }
    for (Shop shop : shops) {
      compare(shop.scope(), stores);
    }
  }

  /// The number of the next job, or less.
  long nextJob() {
    return sql.fetchSingle("SELECT coalesce(max(id), 0) + 1 FROM job").get(0, Long.class);
  }

  private void nothing(String wrong, String look) {
    assertThat(sql.fetch(look)).as(wrong).isEmpty();
  }

  private static void compare(Record told, Stores stores) {
    BulkJob job =
        stores.jobs().find(scope(told), new BulkId(told.get("bulk_id", UUID.class))).orElseThrow();
    JobBilling billing = job.billing();
    assertThat(billing.held().micros()).isEqualTo(told.get("accepted", Long.class));
    assertThat(billing.captured().micros()).isEqualTo(told.get("captured", Long.class));
    assertThat(billing.refunded().micros()).isEqualTo(told.get("refunded", Long.class));
  }

  private static Scope scope(Record row) {
    return new Scope(
        new BusinessId(row.get("business_id", Long.class)),
        Environment.valueOf(row.get("environment", String.class)));
  }

  private void compare(Scope scope, Stores stores) {
    long held =
        sql.fetchSingle(
                """
                SELECT coalesce(sum(accepted - captured - refunded), 0)::bigint FROM told_job
                WHERE business_id = ? AND environment = ?
                """,
                scope.business().value(),
                scope.environment().name())
            .get(0, Long.class);
    long shown =
        stores.ledger().balance(scope).map(Balance::held).map(one -> one.micros()).orElse(0L);
    assertThat(shown).isEqualTo(held);
  }

  /// The jobs that have not settled, in order.
  List<Unsettled> unsettled() {
    return sql.fetch("SELECT * FROM job WHERE settled_at IS NULL ORDER BY id")
        .map(row ->
            new Unsettled(
                new StoredJob(
                    new JobId(row.get("id", Long.class)),
                    new BulkId(row.get("bulk_id", UUID.class)),
                    scope(row),
                    0,
                    MoneyNode.CHUNK),
                JobStatus.of(row.get("status", Integer.class))));
  }

  /// Where the jobs stand that have not settled, and their chunks.
  String standing() {
    return "\n"
        + sql.fetch("SELECT * FROM job WHERE settled_at IS NULL ORDER BY id").format(20)
        + "\n"
        + sql.fetch(
                "SELECT c.* FROM chunk c JOIN job j ON j.id = c.job_id WHERE j.settled_at IS NULL")
            .format(50);
  }

  /// How often transactions of this database waited for each other until one was ended.
  long deadlocks() {
    return sql.fetchSingle(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        .get(0, Long.class);
  }

  /// How many entries there are of each kind.
  Map<Integer, Long> kinds() {
    return sql.fetch("SELECT kind::int, count(*) FROM ledger_entry GROUP BY kind")
        .intoMap(row -> row.get(0, Integer.class), row -> row.get(1, Long.class));
  }
}
