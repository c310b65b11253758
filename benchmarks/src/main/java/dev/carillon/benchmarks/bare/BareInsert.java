package dev.carillon.benchmarks.bare;

import dev.carillon.benchmarks.Numbers;
import dev.carillon.benchmarks.postgres.CopyRows;
import java.sql.Connection;
import java.sql.SQLException;

/// Stores jobs: messages and chunks by binary COPY, one commit a job.
final class BareInsert {
  private final Connection connection;

  BareInsert(Connection connection) {
    this.connection = connection;
  }

  /// Stores a load's messages in jobs that are numbered from the given one on; the number after the
  /// last of them.
  long store(BareLoad load, long firstJob) throws SQLException {
    connection.setAutoCommit(false);
    long job = firstJob;
    for (int done = 0; done < load.messages(); done += load.jobSize()) {
      int size = Math.min(load.jobSize(), load.messages() - done);
      messages(job, size);
      chunks(job, size, load.chunkSize());
      connection.commit();
      job++;
    }
    connection.setAutoCommit(true);
    return job;
  }

  private void messages(long job, int size) throws SQLException {
    CopyRows rows =
        CopyRows.into(
            connection,
            BareSchema.MESSAGE,
            "job_id",
            "position",
            "address",
            "text",
            "client_ref",
            "network",
            "parts");
    for (int position = 0; position < size; position++) {
      rows.row()
          .int8(job)
          .int4(position)
          .text(Numbers.at(position))
          .nothing()
          .nothing()
          .text("Econet")
          .int2(1);
    }
    rows.finish();
  }

  private void chunks(long job, int size, int chunkSize) throws SQLException {
    CopyRows rows =
        CopyRows.into(
            connection,
            BareSchema.CHUNK,
            "job_id",
            "chunk_no",
            "first_position",
            "size",
            "open",
            "queued",
            "sent",
            "statuses");
    for (int number = 0; number * chunkSize < size; number++) {
      int first = number * chunkSize;
      int count = Math.min(chunkSize, size - first);
      rows.row()
          .int8(job)
          .int4(number)
          .int4(first)
          .int4(count)
          .bool(true)
          .int2(count)
          .int2(0)
          .bytes(new byte[count]);
    }
    rows.finish();
  }
}
