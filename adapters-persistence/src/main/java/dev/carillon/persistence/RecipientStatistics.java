package dev.carillon.persistence;

import static org.jooq.impl.DSL.field;

import org.jooq.impl.SQLDataType;

/// Keeps the planner's statistics about recipients from being far behind: until PostgreSQL comes by
/// on its own, which takes a minute or more, everybody's plans would be those for the table as it
/// was before an import, which was perhaps empty (PostgreSQL manual, 14.4 Populating a Database).
final class RecipientStatistics {
  /// Whether the table has ten times as many pages as when it was looked at last, and a few.
  private static final String OUTGROWN =
      "(SELECT pg_relation_size(oid) / current_setting('block_size')::int > 100 + 10 * relpages"
          + " FROM pg_class WHERE oid = 'recipient'::regclass)";

  private final Session session;

  RecipientStatistics(Session session) {
    this.session = session;
  }

  /// Takes new statistics if the old ones are useless. To be called by who has stored many.
  void refresh() {
    boolean outgrown =
        session.sql().select(field(OUTGROWN, SQLDataType.BOOLEAN)).fetchSingle(row -> row.value1());
    if (outgrown) {
      session.sql().execute("ANALYZE recipient");
    }
  }
}
