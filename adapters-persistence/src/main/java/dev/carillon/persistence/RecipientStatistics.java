package dev.carillon.persistence;

import static org.jooq.impl.DSL.field;

import org.jooq.impl.SQLDataType;

/// Keeps the planner's statistics about recipients from being far behind: until PostgreSQL comes by
/// on its own, which takes a minute or more, everybody's plans would be those for the table as it
/// was before an import, which was perhaps empty (PostgreSQL manual, 14.4 Populating a Database).
final class RecipientStatistics {
  private final Session session;

  RecipientStatistics(Session session) {
    this.session = session;
  }

  /// Takes new statistics if the old ones are useless: the table has ten times as many pages as
  /// when it was looked at last, and a few. To be called by who has stored many.
  void refresh() {
    session
        .sql()
        .select(field("refresh_recipient_statistics()", SQLDataType.BOOLEAN))
        .fetchSingle();
  }
}
