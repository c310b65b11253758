package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.Tally;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.TableField;

/// Between chunk rows and the domain.
final class ChunkRows {
  /// The column that counts each state; all kinds of cancelled, failed and unknown share one.
  private static final Map<MessageState, TableField<?, Short>> COLUMNS = columns();

  private ChunkRows() {}

  static ChunkKey key(Record row) {
    return new ChunkKey(new JobId(row.get(CHUNK.JOB_ID)), row.get(CHUNK.CHUNK_NO));
  }

  static Chunk chunk(Record row) {
    return new Chunk(
        key(row),
        row.get(CHUNK.FIRST_POSITION),
        row.get(CHUNK.STATUSES),
        row.get(CHUNK.ROUTES.getName(), byte[].class),
        row.get(CHUNK.RETRIES));
  }

  /// Which positions wait longer than the chunk, and until when.
  static Map<Integer, Instant> dueTimes(Record row) {
    Integer[] positions = row.get(CHUNK.DUE_POSITIONS.getName(), Integer[].class);
    OffsetDateTime[] times = row.get(CHUNK.DUE_TIMES.getName(), OffsetDateTime[].class);
    return positions == null || times == null
        ? Map.of()
        : dueTimes(
            positions, Arrays.stream(times).map(OffsetDateTime::toInstant).toArray(Instant[]::new));
  }

  static Map<Integer, Instant> dueTimes(Integer[] positions, Timestamp[] times) {
    return dueTimes(
        positions, Arrays.stream(times).map(Timestamp::toInstant).toArray(Instant[]::new));
  }

  private static Map<Integer, Instant> dueTimes(Integer[] positions, Instant[] times) {
    Map<Integer, Instant> due = HashMap.newHashMap(positions.length);
    for (int i = 0; i < positions.length; i++) {
      due.put(positions[i], times[i]);
    }
    return due;
  }

  /// Counts by the code of their reason.
  static JSONB reasons(Map<Reason, Integer> counts) {
    StringJoiner json = new StringJoiner(",", "{", "}");
    counts.forEach((reason, count) -> json.add("\"" + reason.code() + "\":" + count));
    return JSONB.jsonb(json.toString());
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
            case CANCELLED, CANCELLED_SUPPRESSED, CANCELLED_DELETED -> CHUNK.CANCELLED;
            case UNKNOWN, RESENDING, UNKNOWN_RESENT -> CHUNK.UNKNOWN;
            case REJECTED_INVALID -> CHUNK.REJECTED_INVALID;
            case REJECTED_DUPLICATE -> CHUNK.REJECTED_DUPLICATE;
            case REJECTED_SUPPRESSED -> CHUNK.REJECTED_SUPPRESSED;
            case REJECTED_NO_ADDRESS -> CHUNK.REJECTED_NO_ADDRESS;
          });
    }
    return columns;
  }
}
