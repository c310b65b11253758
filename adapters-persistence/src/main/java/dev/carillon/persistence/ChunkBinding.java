package dev.carillon.persistence;

import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.domain.message.Chunk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Binds one change of a chunk to the statement of [ChunkUpdate], value by value in its order.
final class ChunkBinding {
  private final PreparedStatement statement;
  private final Connection connection;
  private int index;

  ChunkBinding(PreparedStatement statement, Connection connection) {
    this.statement = statement;
    this.connection = connection;
  }

  void bind(ChunkChange change, Instant now) throws SQLException {
    Chunk chunk = change.chunk();
    statement.setBytes(++index, chunk.statuses());
    statement.setBytes(++index, chunk.routes());
    statement.setInt(++index, Math.toIntExact(chunk.retries()));
    statement.setLong(++index, change.money().captured());
    statement.setLong(++index, change.money().refunded());
    time(now);
    for (short count : ChunkRows.tally(chunk.tally()).values()) {
      statement.setShort(++index, count);
    }
    statement.setBoolean(++index, change.closed());
    lease(change.lease(), now);
    dueTimes(change.lease());
    statement.setBoolean(++index, change.reasons().isEmpty());
    statement.setObject(
        ++index,
        change.reasons().isEmpty() ? null : ChunkRows.reasons(change.reasons()).data(),
        Types.OTHER);
    statement.setLong(++index, chunk.key().job().value());
    statement.setInt(++index, chunk.key().number());
  }

  private void lease(LeaseChange change, Instant now) throws SQLException {
    switch (change) {
      case LeaseChange.Keep _ -> lease(null, 0, ChunkUpdate.KEEP, Duration.ZERO, null);
      case LeaseChange.Take take ->
          lease(take.owner().value(), 1, ChunkUpdate.EXTEND, take.time(), null);
      case LeaseChange.Prolong prolong -> lease(null, 0, ChunkUpdate.EXTEND, prolong.time(), null);
      case LeaseChange.Release release -> {
        Instant due = release.nextDue();
        lease(null, 0, ChunkUpdate.END, Duration.ZERO, due == null ? now : due);
      }
    }
  }

  private void lease(
      @Nullable String owner, long fenceStep, int lease, Duration time, @Nullable Instant due)
      throws SQLException {
    statement.setString(++index, owner);
    statement.setLong(++index, fenceStep);
    statement.setInt(++index, lease);
    statement.setLong(++index, StoreClock.micros(time));
    time(due);
  }

  private void dueTimes(LeaseChange change) throws SQLException {
    boolean replaced = change instanceof LeaseChange.Release;
    Map<Integer, Instant> due =
        change instanceof LeaseChange.Release release
            ? new TreeMap<>(release.dueTimes())
            : Map.of();
    statement.setBoolean(++index, replaced);
    array("int4", due.isEmpty() ? null : due.keySet().toArray(Integer[]::new));
    statement.setBoolean(++index, replaced);
    array("timestamptz", due.isEmpty() ? null : times(due.values()));
  }

  private void time(@Nullable Instant value) throws SQLException {
    if (value == null) {
      statement.setNull(++index, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      KeptStatement.bind(statement, ++index, value);
    }
  }

  private void array(String type, Object @Nullable [] values) throws SQLException {
    if (values == null) {
      statement.setNull(++index, Types.ARRAY);
    } else {
      statement.setArray(++index, connection.createArrayOf(type, values));
    }
  }

  private static OffsetDateTime[] times(Collection<Instant> times) {
    return times.stream().map(time -> time.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
  }
}
