package dev.carillon.benchmarks.bare;

import dev.carillon.benchmarks.postgres.CopyRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;

/// One worker of the bare program: leases a chunk in a short transaction, reads its messages, hands
/// them to nobody, and appends their attempts by COPY together with the chunk's new status bytes
/// and tally, a commit per micro-batch. Nothing is marked before the wire.
final class BareWorker implements AutoCloseable {
  private static final byte SENT = 1;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final Connection connection;
  private final PreparedStatement lease;
  private final PreparedStatement load;
  private final PreparedStatement settle;
  private final int microBatch;
  private long handled;

  BareWorker(Connection connection, int microBatch) throws SQLException {
    this.connection = connection;
    this.microBatch = microBatch;
    connection.setAutoCommit(false);
    lease =
        connection.prepareStatement(
            """
            UPDATE carillon_bench_bare.chunk c
            SET lease_owner = 'worker', lease_until = clock_timestamp() + interval '15 s',
              fence = c.fence + 1, version = c.version + 1
            FROM (
              SELECT job_id, chunk_no FROM carillon_bench_bare.chunk
              WHERE open AND (lease_until IS NULL OR lease_until <= clock_timestamp())
              ORDER BY job_id, chunk_no LIMIT 1 FOR UPDATE SKIP LOCKED
            ) next
            WHERE c.job_id = next.job_id AND c.chunk_no = next.chunk_no
            RETURNING c.job_id, c.chunk_no, c.first_position, c.size, c.fence
            """);
    load =
        connection.prepareStatement(
            """
            SELECT position, address, text FROM carillon_bench_bare.message
            WHERE job_id = ? AND position >= ? AND position < ?
            """);
    settle =
        connection.prepareStatement(
            """
            UPDATE carillon_bench_bare.chunk
            SET statuses = ?, queued = ?, sent = ?, open = ?, version = version + 1,
              lease_until = clock_timestamp() + interval '15 s'
            WHERE job_id = ? AND chunk_no = ? AND fence = ?
            """);
  }

  /// Works until no chunk is left; how many messages it settled.
  long run() throws SQLException {
    while (step()) {}
    return handled;
  }

  private boolean step() throws SQLException {
    Chunk chunk;
    try (ResultSet row = lease.executeQuery()) {
      chunk =
          row.next()
              ? new Chunk(
                  row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getLong(5))
              : null;
    }
    connection.commit();
    if (chunk == null) {
      return false;
    }
    work(chunk);
    return true;
  }

  private void work(Chunk chunk) throws SQLException {
    int[] positions = positions(chunk);
    byte[] statuses = new byte[chunk.size];
    for (int from = 0; from < chunk.size; from += microBatch) {
      int to = Math.min(from + microBatch, chunk.size);
      Arrays.fill(statuses, from, to, SENT);
      settle(chunk, statuses, to);
      append(chunk, positions, from, to);
      connection.commit();
      handled += to - from;
    }
  }

  private int[] positions(Chunk chunk) throws SQLException {
    load.setLong(1, chunk.job);
    load.setInt(2, chunk.first);
    load.setInt(3, chunk.first + chunk.size);
    int[] positions = new int[chunk.size];
    try (ResultSet rows = load.executeQuery()) {
      int count = 0;
      while (rows.next()) {
        positions[count] = rows.getInt(1);
        if (rows.getString(2).isEmpty()) {
          throw new IllegalStateException("a message without an address");
        }
        count++;
      }
      if (count != chunk.size) {
        throw new IllegalStateException(count + " messages in a chunk of " + chunk.size);
      }
    }
    connection.commit();
    return positions;
  }

  private void settle(Chunk chunk, byte[] statuses, int done) throws SQLException {
    settle.setBytes(1, statuses);
    settle.setInt(2, chunk.size - done);
    settle.setInt(3, done);
    settle.setBoolean(4, done < chunk.size);
    settle.setLong(5, chunk.job);
    settle.setInt(6, chunk.number);
    settle.setLong(7, chunk.fence);
    if (settle.executeUpdate() != 1) {
      throw new IllegalStateException("the lease was lost");
    }
  }

  private void append(Chunk chunk, int[] positions, int from, int to) throws SQLException {
    CopyRows rows =
        CopyRows.into(
            connection,
            BareSchema.ATTEMPT,
            "job_id",
            "position",
            "attempt_no",
            "part_no",
            "outcome",
            "carrier",
            "carrier_message_id",
            "at");
    long now = postgresMicros();
    for (int i = from; i < to; i++) {
      rows.row()
          .int8(chunk.job)
          .int4(positions[i])
          .int2(1)
          .int2(0)
          .int2(1)
          .text("simulated")
          .text("sim-" + chunk.job + "-" + chunk.number + "-" + positions[i] + "-1")
          .int8(now);
    }
    rows.finish();
  }

  private static long postgresMicros() {
    Instant now = Instant.now();
    return (now.getEpochSecond() - POSTGRES_EPOCH.getEpochSecond()) * MICROS_PER_SECOND
        + now.getNano() / 1_000;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private record Chunk(long job, int number, int first, int size, long fence) {}
}
