package dev.carillon.bootstrap.demo;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Counts a job's messages one by one by their outcome, and keeps one of each of a few outcomes to
/// show.
final class Summary {
  private static final int SAMPLES = 3;
  private static final int STATUS_PREFIX = "MESSAGE_STATUS_".length();

  private final Map<Outcome, Long> counts = new TreeMap<>();
  private final Map<MessageStatus, Message> samples = new LinkedHashMap<>();
  private long total;

  void add(Message message) {
    total++;
    counts.merge(new Outcome(message.getStatus(), message.getReason()), 1L, Long::sum);
    if (samples.size() < SAMPLES && message.getAttempts() > 0) {
      samples.putIfAbsent(message.getStatus(), message);
    }
  }

  long total() {
    return total;
  }

  /// How many stand at a status.
  long count(MessageStatus status) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().status() == status)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  void printTable(PrintStream out) {
    out.printf(Locale.ROOT, "  %-12s %-26s %9s%n", "status", "reason", "messages");
    counts.forEach((outcome, count) ->
        out.printf(Locale.ROOT, "  %-12s %-26s %,9d%n", outcome.word(), outcome.reason(), count));
    out.printf(Locale.ROOT, "  %-12s %-26s %,9d%n", "", "", total);
  }

  void printSamples(PrintStream out) {
    for (Message message : samples.values()) {
      out.printf(
          "  %s  %s  %s%s  by %s (%s), attempts %d%n",
          message.getId(),
          message.getAddress(),
          message.getStatus().name().substring(STATUS_PREFIX),
          message.getReason().isEmpty() ? "" : "/" + message.getReason(),
          message.getCarrier(),
          message.getCarrierMessageId(),
          message.getAttempts());
    }
  }

  /// Whether what was counted here is what the job's counters say.
  boolean agreesWith(BulkJob job) {
    var counters = job.getCounters();
    return total == counters.getTotal()
        && count(MessageStatus.MESSAGE_STATUS_REJECTED) == counters.getRejected()
        && count(MessageStatus.MESSAGE_STATUS_SENT) == counters.getSent()
        && count(MessageStatus.MESSAGE_STATUS_DELIVERED) == counters.getDelivered()
        && count(MessageStatus.MESSAGE_STATUS_READ) == counters.getRead()
        && count(MessageStatus.MESSAGE_STATUS_UNDELIVERED) == counters.getUndelivered()
        && count(MessageStatus.MESSAGE_STATUS_FAILED) == counters.getFailed()
        && count(MessageStatus.MESSAGE_STATUS_UNKNOWN) == counters.getUnknown();
  }

  private record Outcome(MessageStatus status, String reason) implements Comparable<Outcome> {
    String word() {
      return status.name().substring(STATUS_PREFIX);
    }

    @Override
    public int compareTo(Outcome other) {
      int byStatus = status.compareTo(other.status);
      return byStatus != 0 ? byStatus : reason.compareTo(other.reason);
    }
  }
}
