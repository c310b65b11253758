package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.postgres.PostgresMeter;
import java.sql.SQLException;
import java.util.Locale;

/// The bytes that the house's tables take, indexes included.
public record Storage(long message, long chunk, long attempt) {
  /// As they stand.
  public static Storage read(PostgresMeter meter) throws SQLException {
    return new Storage(size(meter, "message"), size(meter, "chunk"), size(meter, "attempt"));
  }

  /// What came to it since.
  public Storage minus(Storage before) {
    return new Storage(message - before.message, chunk - before.chunk, attempt - before.attempt);
  }

  /// Of one message.
  public String perMessage(long messages) {
    return String.format(
        Locale.ROOT,
        "%d B (message %d, chunk %d, attempt %d)",
        (message + chunk + attempt) / messages,
        message / messages,
        chunk / messages,
        attempt / messages);
  }

  private static long size(PostgresMeter meter, String table) throws SQLException {
    return meter.number(
        "SELECT sum(pg_total_relation_size(relid))::bigint FROM pg_partition_tree('%s')"
            .formatted(table));
  }
}
