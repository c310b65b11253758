package dev.carillon.benchmarks.crash;

import dev.carillon.domain.message.MessageState;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobCounters;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What the API must say of a job that has ended: just what is stored.
final class ApiRules {
  private ApiRules() {}

  /// Everything in which the two differ, in words.
  ///
  /// @param listed every message as ListMessages has it
  /// @param perStatus how many messages it lists at each status of [#stored], asked for alone
  static List<String> broken(
      StoredJob job, BulkJob told, List<Message> listed, Map<MessageStatus, Long> perStatus) {
    List<String> broken = new ArrayList<>();
    if (!told.getDone()) {
      broken.add("GetBulkJob says that it is not done");
    }
    Map<MessageStatus, Long> stored = stored(job);
    Map<MessageStatus, Long> counters = counters(told.getCounters());
    if (!counters.equals(stored)) {
      broken.add("GetBulkJob counts " + counters + ", stored are " + stored);
    }
    if (!perStatus.equals(stored)) {
      broken.add("ListMessages counts " + perStatus + ", stored are " + stored);
    }
    long retries = job.chunks().stream().mapToLong(StoredChunk::retries).sum();
    if (told.getCounters().getRetryCount() != retries) {
      broken.add("GetBulkJob counts " + told.getCounters().getRetryCount() + " of " + retries);
    }
    sums(told.getCounters(), job.messages().size(), broken);
    attempts(job, told, broken);
    listed(job, listed, broken);
    return broken;
  }

  private static void sums(BulkJobCounters counters, int total, List<String> broken) {
    if (counters.getTotal() != total
        || counters.getTotal() != counters.getAccepted() + counters.getRejected()
        || counters.getRemaining() != 0
        || counters.getProcessed() != counters.getAccepted()) {
      broken.add("the counters of GetBulkJob do not add up: " + counters);
    }
  }

  /// Each attempt was taken, or ended for a reason: nothing is at a carrier any more.
  private static void attempts(StoredJob job, BulkJob told, List<String> broken) {
    long made = job.messages().stream().mapToLong(StoredMessage::attempts).sum();
    long taken = told.getCounters().getSentCount();
    long ended = told.getAttemptReasonsMap().values().stream().mapToLong(Long::longValue).sum();
    if (taken + ended != made) {
      broken.add(
          "GetBulkJob has " + taken + " taken and " + ended + " ended of " + made + " attempts");
    }
  }

  private static void listed(StoredJob job, List<Message> listed, List<String> broken) {
    if (listed.size() != job.messages().size()) {
      broken.add("ListMessages has " + listed.size() + " of " + job.messages().size());
      return;
    }
    for (int position = 0; position < listed.size(); position++) {
      Message message = listed.get(position);
      StoredMessage own = job.messages().get(position);
      if (message.getPosition() != position
          || message.getStatus() != status(own.state())
          || message.getAttempts() != own.attempts()) {
        broken.add(
            "ListMessages tells of %d: position %d, %s after %d attempts; stored are %s, %d"
                .formatted(
                    position,
                    message.getPosition(),
                    message.getStatus(),
                    message.getAttempts(),
                    own.state(),
                    own.attempts()));
      }
    }
  }

  /// How many messages are stored at each status that any of them has.
  static Map<MessageStatus, Long> stored(StoredJob job) {
    Map<MessageStatus, Long> counts = new EnumMap<>(MessageStatus.class);
    job.messages().forEach(message -> counts.merge(status(message.state()), 1L, Long::sum));
    return counts;
  }

  private static Map<MessageStatus, Long> counters(BulkJobCounters counters) {
    Map<MessageStatus, Long> counts = new EnumMap<>(MessageStatus.class);
    counts.put(MessageStatus.MESSAGE_STATUS_PENDING, counters.getPending());
    counts.put(MessageStatus.MESSAGE_STATUS_QUEUED, counters.getQueued());
    counts.put(MessageStatus.MESSAGE_STATUS_SENT, counters.getSent());
    counts.put(MessageStatus.MESSAGE_STATUS_DELIVERED, counters.getDelivered());
    counts.put(MessageStatus.MESSAGE_STATUS_READ, counters.getRead());
    counts.put(MessageStatus.MESSAGE_STATUS_UNDELIVERED, counters.getUndelivered());
    counts.put(MessageStatus.MESSAGE_STATUS_FAILED, counters.getFailed());
    counts.put(MessageStatus.MESSAGE_STATUS_EXPIRED, counters.getExpired());
    counts.put(MessageStatus.MESSAGE_STATUS_CANCELLED, counters.getCancelled());
    counts.put(MessageStatus.MESSAGE_STATUS_UNKNOWN, counters.getUnknown());
    counts.put(MessageStatus.MESSAGE_STATUS_REJECTED, counters.getRejected());
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private static MessageStatus status(MessageState state) {
    return MessageStatus.valueOf("MESSAGE_STATUS_" + state.status(true).name());
  }
}
