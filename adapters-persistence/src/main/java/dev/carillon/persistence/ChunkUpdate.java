package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.fromNow;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static org.jooq.impl.DSL.case_;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.carillon.application.port.ChunkChange;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.TableField;
import org.jooq.UpdateSetMoreStep;
import org.jooq.impl.SQLDataType;

/// The one statement that writes a chunk back, whatever changed, so that any number of chunks is
/// one batch of one prepared statement.
final class ChunkUpdate {
  static final int KEEP = 0;
  static final int EXTEND = 1;
  static final int END = 2;

  private static final KeptStatement STATEMENT = new KeptStatement(of(KeptStatement.RENDERING));

  private ChunkUpdate() {}

  /// The statement; its values come in the order of [ChunkBinding].
  static Query of(DSLContext sql) {
    UpdateSetMoreStep<?> update =
        sql.update(CHUNK)
            .set(CHUNK.STATUSES, param(SQLDataType.VARBINARY))
            .set(CHUNK.ROUTES, param(SQLDataType.VARBINARY))
            .set(CHUNK.RETRIES, param(SQLDataType.INTEGER))
            .set(CHUNK.CAPTURED, param(SQLDataType.BIGINT))
            .set(CHUNK.REFUNDED, param(SQLDataType.BIGINT))
            .set(CHUNK.VERSION, CHUNK.VERSION.plus(inline(1L)))
            .set(CHUNK.UPDATED_AT, param(SQLDataType.INSTANT));
    for (TableField<?, Short> column : ChunkRows.tallyColumns()) {
      update = update.set(column, param(SQLDataType.SMALLINT));
    }
    Param<Integer> lease = param(SQLDataType.INTEGER);
    return update
        .set(CHUNK.OPEN, field(condition(CHUNK.OPEN).andNot(condition(param(SQLDataType.BOOLEAN)))))
        .set(CHUNK.LEASE_OWNER, coalesce(param(SQLDataType.CLOB), CHUNK.LEASE_OWNER))
        .set(CHUNK.FENCE, CHUNK.FENCE.plus(param(SQLDataType.BIGINT)))
        .set(
            CHUNK.LEASE_UNTIL,
            case_(lease)
                .when(inline(KEEP), CHUNK.LEASE_UNTIL)
                .when(inline(EXTEND), fromNow(param(SQLDataType.BIGINT))))
        .set(CHUNK.NEXT_DUE, coalesce(param(SQLDataType.INSTANT), CHUNK.NEXT_DUE))
        .set(CHUNK.DUE_POSITIONS, replaced(CHUNK.DUE_POSITIONS))
        .set(CHUNK.DUE_TIMES, replaced(CHUNK.DUE_TIMES))
        .set(CHUNK.REASONS, added())
        .where(CHUNK.JOB_ID.eq(param(SQLDataType.BIGINT)))
        .and(CHUNK.CHUNK_NO.eq(param(SQLDataType.INTEGER)));
  }

  /// Writes the changes in one batch.
  static void write(DSLContext sql, List<ChunkChange> changes, Instant now) {
    STATEMENT.batch(
        sql,
        changes,
        (statement, connection, change) ->
            new ChunkBinding(statement, connection).bind(change, now));
  }

  private static <T> Field<T> replaced(TableField<?, T> column) {
    return when(condition(param(SQLDataType.BOOLEAN)), param(column.getDataType()))
        .otherwise(column);
  }

  /// The merging is behind a flag, since most changes bring no reasons.
  private static Field<JSONB> added() {
    return when(condition(param(SQLDataType.BOOLEAN)), CHUNK.REASONS)
        .otherwise(
            function("add_counts", SQLDataType.JSONB, CHUNK.REASONS, param(SQLDataType.JSONB)));
  }

  private static <T> Param<T> param(DataType<T> type) {
    return val(null, type);
  }
}
