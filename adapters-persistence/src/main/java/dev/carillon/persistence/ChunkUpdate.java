package dev.carillon.persistence;

import static dev.carillon.persistence.JooqChunkRepository.CLOCK;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static org.jooq.impl.DSL.case_;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.domain.message.Chunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.TableField;
import org.jooq.UpdateSetMoreStep;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The one statement that writes a chunk back, whatever changed, so that any number of chunks is
/// one batch of one prepared statement.
final class ChunkUpdate {
  private static final int KEEP = 0;
  private static final int EXTEND = 1;
  private static final int END = 2;

  private ChunkUpdate() {}

  /// The statement; its values come in the order of [#values].
  static Query of(DSLContext sql) {
    UpdateSetMoreStep<?> update =
        sql.update(CHUNK)
            .set(CHUNK.STATUSES, param(SQLDataType.VARBINARY))
            .set(CHUNK.RETRIES, param(SQLDataType.INTEGER))
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
                .when(inline(EXTEND), clockPlusMicros(param(SQLDataType.BIGINT))))
        .set(CHUNK.NEXT_DUE, coalesce(param(SQLDataType.INSTANT), CHUNK.NEXT_DUE))
        .where(CHUNK.JOB_ID.eq(param(SQLDataType.BIGINT)))
        .and(CHUNK.CHUNK_NO.eq(param(SQLDataType.INTEGER)));
  }

  /// The values for one change.
  static Object[] values(ChunkChange change, Instant now) {
    Chunk chunk = change.chunk();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(chunk.statuses());
    values.add(Math.toIntExact(chunk.retries()));
    values.add(now);
    Map<TableField<?, Short>, Short> tally = ChunkRows.tally(chunk.tally());
    values.addAll(tally.values());
    values.add(change.closed());
    addLease(values, change.lease());
    values.add(chunk.key().job().value());
    values.add(chunk.key().number());
    return values.toArray();
  }

  private static void addLease(List<@Nullable Object> values, LeaseChange change) {
    switch (change) {
      case LeaseChange.Keep _ -> addLease(values, null, 0, KEEP, Duration.ZERO, null);
      case LeaseChange.Take take ->
          addLease(values, take.owner().value(), 1, EXTEND, take.time(), null);
      case LeaseChange.Prolong prolong -> addLease(values, null, 0, EXTEND, prolong.time(), null);
      case LeaseChange.Release release ->
          addLease(values, null, 0, END, Duration.ZERO, release.nextDue());
    }
  }

  private static void addLease(
      List<@Nullable Object> values,
      @Nullable String owner,
      long fenceStep,
      int lease,
      Duration time,
      @Nullable Instant due) {
    values.add(owner);
    values.add(fenceStep);
    values.add(lease);
    values.add(time.toNanos() / 1_000);
    values.add(due);
  }

  private static Field<Instant> clockPlusMicros(Field<Long> micros) {
    return field("{0} + {1} * interval '1 microsecond'", SQLDataType.INSTANT, CLOCK, micros);
  }

  private static <T> Param<T> param(DataType<T> type) {
    return val(null, type);
  }
}
