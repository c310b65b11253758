package dev.carillon.persistence;

import static org.jooq.impl.DSL.val;

import org.jooq.DSLContext;

/// Looks, before anybody is served, whether the wall between tenants stands: row-level security is
/// on for every table that carries a business, its owner included, and the role that a connection
/// has taken is one that cannot pass it.
final class Walls {
  private static final String GAPS =
      """
      SELECT c.relname FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
        AND (c.relname = 'business' OR EXISTS (
          SELECT FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attname = 'business_id' AND NOT a.attisdropped))
      ORDER BY c.relname\
      """;

  /// A role that is a member of another may what that one may.
  private static final String HARMLESS =
      """
      SELECT NOT (r.rolsuper OR r.rolbypassrls
        OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid))
      FROM pg_roles r WHERE r.rolname = current_user AND r.rolname = {0}\
      """;

  private Walls() {}

  /// Throws an IllegalStateException when a table is open.
  static void requireAll(DSLContext sql) {
    var gaps = sql.resultQuery(GAPS).fetch(row -> row.get(0, String.class));
    if (!gaps.isEmpty()) {
      throw new IllegalStateException(
          "row-level security is not forced on " + String.join(", ", gaps));
    }
  }

  /// Throws an IllegalStateException when the connections may see past the wall.
  static void requireRole(DSLContext sql, String role) {
    boolean harmless =
        sql.resultQuery(HARMLESS, val(role))
            .fetchOptional(row -> row.get(0, Boolean.class))
            .orElse(false);
    if (!harmless) {
      throw new IllegalStateException(
          "connections must work as " + role + ", without more rights than it was given");
    }
  }
}
