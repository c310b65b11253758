package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.EVENT_COUNTER;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.impl.SQLDataType;

/// Gives events of the outbox their numbers, by functions of PostgreSQL (see the migrations
/// "events" and "message_events"), and makes room for them.
///
/// @param transactions each of its steps is one of its own
record EventNumbering(JooqTransactions transactions) {
  private static final int NO_ROOM = -1;

  /// How many it was at; see [dev.carillon.application.port.EventLog#number].
  int number(int most) {
    int numbered = tryToNumber(most);
    if (numbered == NO_ROOM) {
      prepare();
      numbered = tryToNumber(most);
    }
    return Math.max(0, numbered);
  }

  int prepare() {
    return transactions.inTransaction(
        () -> call(field("ensure_event_partitions()", SQLDataType.INTEGER)));
  }

  void leap() {
    transactions.run(() -> call(field("leap_events()", SQLDataType.OTHER)));
  }

  private int tryToNumber(int most) {
    Field<Integer> numbering = field("number_events({0})", SQLDataType.INTEGER, val(most));
    // As they were before: a statement sees nothing of what its own functions do.
    Field<Long[]> unheard = field(select(EVENT_COUNTER.UNHEARD).from(EVENT_COUNTER));
    return transactions.inTransaction(() -> {
      Record2<Integer, Long[]> row = transactions.sql().select(numbering, unheard).fetchSingle();
      int numbered = row.value1();
      return numbered == NO_ROOM ? NO_ROOM : numbered + heard(row.value2());
    });
  }

  /// How many of these endpoints have been told by now of what they were put down.
  private int heard(Long[] unheard) {
    if (unheard.length == 0) {
      return 0;
    }
    Set<Long> heard = new HashSet<>(Arrays.asList(unheard));
    heard.removeAll(
        Arrays.asList(
            transactions
                .sql()
                .select(EVENT_COUNTER.UNHEARD)
                .from(EVENT_COUNTER)
                .fetchSingle(row -> row.value1())));
    return heard.size();
  }

  private <T> T call(Field<T> function) {
    return transactions.sql().select(function).fetchSingle(row -> row.value1());
  }
}
