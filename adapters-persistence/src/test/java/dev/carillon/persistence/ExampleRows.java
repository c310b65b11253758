package dev.carillon.persistence;

import dev.carillon.domain.business.Scope;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;

/// One row for each table that carries a business, as plain as the table allows. A table that is
/// not known here fails whoever asks for its row.
final class ExampleRows {
  /// What a row needs beside its business and environment.
  private static final Map<String, String> ROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("account", "currency = 'USD', available = 5, owed = 0"),
              Map.entry(
                  "api_key",
                  "id = gen_random_uuid(), role = 'USER', name = 'k', created_at = now(),"
                      + " key_hash = sha256(gen_random_uuid()::text::bytea)"),
              Map.entry(
                  "audit_entry",
                  "at = now(), actor = 'a', role = 'USER', action = 'b', subject = 'c',"
                      + " before = '{}', after = '{}'"),
              Map.entry(
                  "erasure",
                  "id = gen_random_uuid(), address = 'a', requested_at = now(), due_at = now(),"
                      + " cancelled = 0, erased = 0, words = 0"),
              Map.entry(
                  "event",
                  "number = (SELECT count(*) + 1 FROM event), event_id = gen_random_uuid(),"
                      + " event = 'balance.low', currency = 'USD', available = 1, low = 2,"
                      + " at = now(), numbered_at = now()"),
              Map.entry(
                  "idempotency_key",
                  "method = 'M', request_id = 'r', fingerprint = '\\x00', created_at = now()"),
              Map.entry(
                  "job",
                  "bulk_id = gen_random_uuid(), name = 'n', channel = 'SMS', status = 3,"
                      + " priority = 2, labels = '{}', created_by = 'k', provider = 's',"
                      + " text = '', sender = '', subject = '', html = '', mail_from = '',"
                      + " reply_to = '', headers = '{}', currency = 'USD', held = 0,"
                      + " captured = 0, refunded = 0, parts = 0, open_chunks = 0, version = 1,"
                      + " created_at = now(), updated_at = now(), deadline = now(),"
                      + " rate_per_second = 0, misfire = 'SKIP', unknown_policy = 'HOLD',"
                      + " failure_percent = 0, broken = false, syntax = 'PLAIN',"
                      + " refunds_undelivered = false, refunds_lost = true"),
              Map.entry("job_quota", "principal = 'k', made_at = '{}'"),
              Map.entry(
                  "ledger_entry",
                  "kind = 1, amount = 5, currency = 'USD', created_by = 'k', at = now()"),
              Map.entry(
                  "outbox",
                  "event = 'balance.low', currency = 'USD', available = 1, low = 2, at = now()"),
              Map.entry(
                  "price",
                  "channel = 'SMS', country = '', prefix = '', unit = 1, currency = 'USD',"
                      + " micros = 1, valid_from = now(), created_by = 'k', created_at = now()"),
              Map.entry(
                  "recipient",
                  "public_id = gen_random_uuid(), first_name = '', last_name = '', email = 'e',"
                      + " tags = '{vip}', version = 1, created_at = now(), updated_at = now()"),
              Map.entry(
                  "recipient_group",
                  "public_id = gen_random_uuid(), name = 'g', description = '', version = 1,"
                      + " created_at = now(), updated_at = now()"),
              Map.entry(
                  "recipient_import",
                  "import_id = 'i', match_by = 'EMAIL', next_sequence = 1, total = 0,"
                      + " created = 0, updated = 0, unchanged = 0, refused = 0,"
                      + " created_by = 'k', created_at = now(), updated_at = now()"),
              Map.entry("recipient_quota", "day = '2026-03-01', recipients = 1"),
              Map.entry("recipient_tally", "slot = 0, total = 1"),
              Map.entry(
                  "sender_limit", "sender = 's', per_second = 1, set_by = 'k', set_at = now()"),
              Map.entry(
                  "suppression",
                  "channel = 'SMS', address = 'a', reason = 'STOP', detail = '', created_by = 'k',"
                      + " created_at = now()"),
              Map.entry(
                  "template",
                  "template_id = gen_random_uuid(), name = 't', description = '',"
                      + " channel = 'SMS', latest = 1, revision = 1, created_by = 'k',"
                      + " created_at = now(), updated_at = now()"),
              Map.entry(
                  "webhook_attempt",
                  "event_number = (SELECT count(*) + 1 FROM webhook_attempt), endpoint = 1,"
                      + " attempt = 1, at = now(), took_micros = 1, status = 200"),
              Map.entry(
                  "webhook_delivery",
                  "event_number = (SELECT count(*) + 1 FROM webhook_delivery), endpoint = 1,"
                      + " state = 2, attempts = 1, created_at = now(), done_at = now()"),
              Map.entry(
                  "webhook_endpoint",
                  "endpoint_id = gen_random_uuid(), url = 'u', types = '{}', description = '',"
                      + " enabled = true, secret = 's', revision = 1, created_by = 'k',"
                      + " created_at = now(), updated_at = now()"),
              Map.entry(
                  "webhook_queue",
                  "endpoint = (SELECT count(*) + 1 FROM webhook_queue), next_look = 'infinity',"
                      + " failures = 0, slow = false, open_until = '-infinity'"),
              Map.entry(
                  "webhook_waiting",
                  "event_number = (SELECT count(*) + 1 FROM webhook_waiting), endpoint = 1,"
                      + " attempts = 0, tries = 0, created_at = now(), next_due = now(), behind ="
                      + " false")));

  private ExampleRows() {}

  /// Stores a row of each table for each of the scopes, whose businesses exist.
  static void insert(DSLContext sql, List<Scope> scopes) {
    for (Scope scope : scopes) {
      ROWS.keySet().forEach(table -> insert(sql, table, scope));
    }
  }

  static void insert(DSLContext sql, String table, Scope scope) {
    sql.execute(statement(table, scope));
  }

  /// What stores a row of the table for the scope.
  static String statement(String table, Scope scope) {
    String needs = ROWS.get(table);
    if (needs == null) {
      throw new AssertionError("no example of a row of " + table);
    }
    StringBuilder columns = new StringBuilder("business_id, environment");
    StringBuilder values =
        new StringBuilder()
            .append(scope.business().value())
            .append(", '")
            .append(scope.environment())
            .append('\'');
    for (String need : needs.split(", (?=[a-z_]+ = )", -1)) {
      columns.append(", ").append(need, 0, need.indexOf(" = "));
      values.append(", ").append(need.substring(need.indexOf(" = ") + 3));
    }
    return "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ")";
  }

  /// How many rows of the table are the scope's.
  static long ownOf(DSLContext sql, String table, Scope scope) {
    String own =
        table.equals("business")
            ? "id = " + scope.business().value()
            : "business_id = "
                + scope.business().value()
                + " AND environment = '"
                + scope.environment()
                + "'";
    return sql.fetchSingle("SELECT count(*) FROM " + table + " WHERE " + own).get(0, Long.class);
  }
}
