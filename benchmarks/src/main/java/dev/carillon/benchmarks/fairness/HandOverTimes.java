package dev.carillon.benchmarks.fairness;

import dev.carillon.benchmarks.node.HandOverLog;
import dev.carillon.benchmarks.node.HandOverLog.HandOver;
import dev.carillon.benchmarks.postgres.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// When carriers took the messages of jobs, by their logs.
final class HandOverTimes {
  private final Map<String, Long> numbers;
  private final Map<Long, Instant> firsts = new HashMap<>();
  private final Collection<HandOverLog> logs;

  private HandOverTimes(Map<String, Long> numbers, Collection<HandOverLog> logs) {
    this.numbers = numbers;
    this.logs = logs;
  }

  static HandOverTimes read(Postgres postgres, Collection<HandOverLog> logs)
      throws IOException, SQLException {
    HandOverTimes times = new HandOverTimes(numbers(postgres), logs);
    for (HandOverLog log : logs) {
      log.forEach(times::note);
    }
    return times;
  }

  /// When the first message of a job was taken.
  Instant first(String bulkId) {
    Instant first = firsts.get(number(bulkId));
    if (first == null) {
      throw new IllegalStateException("no carrier took a message of " + bulkId);
    }
    return first;
  }

  /// How many messages of these jobs were taken between two times.
  long count(Collection<String> bulkIds, Instant from, Instant to) throws IOException {
    Set<Long> jobs = new HashSet<>();
    bulkIds.forEach(id -> jobs.add(number(id)));
    long[] count = new long[1];
    for (HandOverLog log : logs) {
      log.forEach(each -> {
        boolean within = !each.at().isBefore(from) && each.at().isBefore(to);
        count[0] += each.taken() && within && jobs.contains(each.job()) ? 1 : 0;
      });
    }
    return count[0];
  }

  private void note(HandOver handOver) {
    if (handOver.taken()) {
      firsts.merge(handOver.job(), handOver.at(), (a, b) -> a.isBefore(b) ? a : b);
    }
  }

  private long number(String bulkId) {
    Long number = numbers.get(bulkId);
    if (number == null) {
      throw new IllegalArgumentException("there is no job " + bulkId);
    }
    return number;
  }

  private static Map<String, Long> numbers(Postgres postgres) throws SQLException {
    Map<String, Long> numbers = new HashMap<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT bulk_id, id FROM job")) {
      while (rows.next()) {
        numbers.put(rows.getString(1), rows.getLong(2));
      }
    }
    return numbers;
  }
}
