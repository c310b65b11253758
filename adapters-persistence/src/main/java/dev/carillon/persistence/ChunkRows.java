package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;

import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.Tally;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Record;
import org.jooq.TableField;

/// Between chunk rows and the domain.
final class ChunkRows {
  /// The column that counts each state; both kinds of cancelled and all kinds of failed share one.
  private static final Map<MessageState, TableField<?, Short>> COLUMNS = columns();

  private ChunkRows() {}

  static Chunk chunk(Record row) {
    return new Chunk(
        new ChunkKey(new JobId(row.get(CHUNK.JOB_ID)), row.get(CHUNK.CHUNK_NO)),
        row.get(CHUNK.FIRST_POSITION),
        row.get(CHUNK.STATUSES),
        row.get(CHUNK.RETRIES));
  }

  /// The tally by column.
  static Map<TableField<?, Short>, Short> tally(Tally tally) {
    Map<TableField<?, Short>, Short> byColumn = new LinkedHashMap<>();
    COLUMNS.forEach((state, column) ->
        byColumn.merge(column, (short) tally.count(state), (one, other) -> (short) (one + other)));
    return byColumn;
  }

  /// The columns of [#tally], in its order.
  static List<TableField<?, Short>> tallyColumns() {
    return COLUMNS.values().stream().distinct().toList();
  }

  /// The column that counts a state.
  static TableField<?, Short> column(MessageState state) {
    TableField<?, Short> column = COLUMNS.get(state);
    if (column == null) {
      throw new IllegalStateException("no column counts " + state);
    }
    return column;
  }

  private static Map<MessageState, TableField<?, Short>> columns() {
    Map<MessageState, TableField<?, Short>> columns = new EnumMap<>(MessageState.class);
    for (MessageState state : MessageState.values()) {
      columns.put(
          state,
          switch (state) {
            case QUEUED -> CHUNK.QUEUED;
            case IN_FLIGHT -> CHUNK.IN_FLIGHT;
            case SENT -> CHUNK.SENT;
            case DELIVERED -> CHUNK.DELIVERED;
            case READ -> CHUNK.READ;
            case UNDELIVERED -> CHUNK.UNDELIVERED;
            case FAILED, FAILED_OUTCOME_UNKNOWN, FAILED_SYSTEM_ERROR -> CHUNK.FAILED;
            case EXPIRED -> CHUNK.EXPIRED;
            case CANCELLED, CANCELLED_SUPPRESSED -> CHUNK.CANCELLED;
            case UNKNOWN -> CHUNK.UNKNOWN;
            case REJECTED_INVALID -> CHUNK.REJECTED_INVALID;
            case REJECTED_DUPLICATE -> CHUNK.REJECTED_DUPLICATE;
            case REJECTED_SUPPRESSED -> CHUNK.REJECTED_SUPPRESSED;
            case REJECTED_NO_ADDRESS -> CHUNK.REJECTED_NO_ADDRESS;
          });
    }
    return columns;
  }
}
