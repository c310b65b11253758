package dev.carillon.benchmarks.crash;

import dev.carillon.benchmarks.crash.StoredMessage.StoredAnswer;
import dev.carillon.benchmarks.crash.StoredMessage.StoredReceipt;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.StatusByte;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads jobs from the database, each as it stood at one moment. Changes nothing.
final class StoredJobs implements AutoCloseable {
  private final Connection connection;

  /// Takes the connection over.
  StoredJobs(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
  }

  /// How many jobs carry the label with this value.
  int count(String label, String value) throws SQLException {
    String query = "SELECT count(*) FROM job WHERE labels ->> ? = ?";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, label);
      statement.setString(2, value);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } finally {
      connection.rollback();
    }
  }

  /// The books of their owners.
  StoredBooks books() {
    return new StoredBooks(connection);
  }

  /// How many of these jobs have not ended.
  int running(Collection<String> bulkIds) throws SQLException {
    String query = "SELECT count(*) FROM job WHERE bulk_id = ANY (?::uuid[]) AND ended_at IS NULL";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      setIds(statement, bulkIds);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } finally {
      connection.rollback();
    }
  }

  /// Which messages of another job the messages of a retry are, in their order.
  List<Integer> parentPositions(String bulkId) throws SQLException {
    String query =
        """
        SELECT m.parent_position FROM job j JOIN message m ON m.job_id = j.id
        WHERE j.bulk_id = ?::uuid ORDER BY m.position
        """;
    List<Integer> positions = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, bulkId);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          positions.add(row.getInt(1));
        }
      }
    } finally {
      connection.rollback();
    }
    return positions;
  }

  /// One job, as it stands now.
  StoredJob read(String bulkId) throws SQLException {
    String query =
        """
        SELECT id, status, open_chunks,
          version + (SELECT coalesce(sum(c.version), 0) FROM chunk c WHERE c.job_id = job.id)
        FROM job WHERE bulk_id = ?::uuid
        """;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, bulkId);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new CrashViolation("job " + bulkId + " was accepted and is not there");
        }
        long id = row.getLong(1);
        List<StoredMessage> messages = new ArrayList<>();
        List<StoredChunk> chunks = chunks(id, messages);
        answers(id, messages);
        receipts(id, messages);
        return new StoredJob(
            id,
            bulkId,
            JobStatus.of(row.getInt(2)),
            row.getInt(3),
            row.getLong(4),
            chunks,
            messages,
            events(id));
      }
    } finally {
      connection.rollback();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private List<StoredChunk> chunks(long job, List<StoredMessage> messages) throws SQLException {
    String query =
        """
        SELECT *, coalesce(lease_owner, '-') || ' until ' || coalesce(lease_until::text, '-')
          || ', fence ' || fence || ', due ' || next_due || ', updated ' || updated_at AS lease
        FROM chunk WHERE job_id = ? ORDER BY chunk_no
        """;
    List<StoredChunk> chunks = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, job);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          chunks.add(chunk(row));
          int position = row.getInt("first_position");
          for (byte status : row.getBytes("statuses")) {
            messages.add(
                StoredMessage.of(
                    position++, StatusByte.state(status), StatusByte.attempts(status)));
          }
        }
      }
    }
    return chunks;
  }

  private static StoredChunk chunk(ResultSet row) throws SQLException {
    Map<String, Integer> tally = new LinkedHashMap<>();
    for (String column : Columns.all()) {
      tally.put(column, row.getInt(column));
    }
    return new StoredChunk(
        row.getInt("chunk_no"),
        row.getInt("first_position"),
        row.getInt("size"),
        row.getBoolean("open"),
        row.getInt("retries"),
        tally,
        row.getString("lease"));
  }

  private void answers(long job, List<StoredMessage> messages) throws SQLException {
    String query =
        """
        SELECT position, attempt_no, outcome, at FROM attempt
        WHERE job_id = ? ORDER BY position, attempt_no, outcome
        """;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, job);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          at(messages, row.getInt(1))
              .answers()
              .add(
                  new StoredAnswer(
                      row.getInt(2),
                      OutcomeKind.of(row.getInt(3)),
                      row.getTimestamp(4).toInstant()));
        }
      }
    }
  }

  private void receipts(long job, List<StoredMessage> messages) throws SQLException {
    String query =
        "SELECT position, kind, stored_at FROM receipt WHERE job_id = ? ORDER BY position";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, job);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          at(messages, row.getInt(1))
              .receipts()
              .add(
                  new StoredReceipt(
                      ReceiptKind.of(row.getInt(2)), row.getTimestamp(3).toInstant()));
        }
      }
    }
  }

  private List<String> events(long job) throws SQLException {
    List<String> events = new ArrayList<>();
    String query =
        """
        SELECT event FROM (
          SELECT event, false AS waits, number AS place FROM event WHERE job_id = ?
          UNION ALL SELECT event, true, id FROM outbox WHERE job_id = ?) AS told
        ORDER BY waits, place\
        """;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, job);
      statement.setLong(2, job);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          events.add(row.getString(1));
        }
      }
    }
    return events;
  }

  private static StoredMessage at(List<StoredMessage> messages, int position) {
    if (position < 0 || position >= messages.size()) {
      throw new CrashViolation("something is stored of a message that is not there");
    }
    return messages.get(position);
  }

  private void setIds(PreparedStatement statement, Collection<String> ids) throws SQLException {
    statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
  }
}
