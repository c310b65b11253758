package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.TableField;

/// How many messages nobody can be sure of, of all jobs together.
///
/// @param unknown messages that are UNKNOWN: handed over, and their answer was lost
/// @param marked messages that are marked for hand-over and have no answer yet; of those that a
///   process marked which is gone, nobody knows whether they went out
public record InDoubt(long unknown, long marked) {
  static InDoubt of(Session session) {
    return StoreFailures.translated(() ->
        new InDoubt(
            total(session, CHUNK.UNKNOWN, CHUNK.UNKNOWN.gt(inline((short) 0))),
            total(session, CHUNK.IN_FLIGHT, condition(CHUNK.OPEN))));
  }

  /// Whether there are any.
  public boolean any() {
    return unknown + marked > 0;
  }

  private static long total(Session session, TableField<?, Short> count, Condition where) {
    return session
        .sql()
        .select(coalesce(sum(count), inline(BigDecimal.ZERO)))
        .from(CHUNK)
        .where(where)
        .fetchSingle(Record1::value1)
        .longValueExact();
  }
}
