package dev.carillon.bootstrap.carriers;

import dev.carillon.v1.BulkJobCounters;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.EmailContent;
import dev.carillon.v1.MessageStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/// A job of mails, each with a text of its own.
final class MailJob {
  private MailJob() {}

  /// To so many recipients.
  static CreateBulkJobRequest.Builder to(int recipients) {
    CreateBulkJobRequest.Builder request =
        CreateBulkJobRequest.newBuilder()
            .setEmail(
                EmailContent.newBuilder()
                    .setFrom("Shop <shop@example.org>")
                    .setSubject("Gr\u00FC\u00DFe \uD83D\uDE00"));
    IntStream.range(0, recipients).forEach(i -> request.addEntries(entry(i)));
    return request;
  }

  static String address(int position) {
    return "to%07d@example.net".formatted(position);
  }

  /// Whose mail it is.
  static int position(String address) {
    return Integer.parseInt(address.substring(2, address.indexOf('@')));
  }

  /// The fate of an address.
  static Fate fate(String address) {
    return Fate.of(address.substring(0, address.indexOf('@')));
  }

  /// How many messages stand where.
  static Map<MessageStatus, Long> standing(BulkJobCounters counters) {
    Map<MessageStatus, Long> standing = new EnumMap<>(MessageStatus.class);
    standing.put(MessageStatus.MESSAGE_STATUS_QUEUED, counters.getQueued());
    standing.put(MessageStatus.MESSAGE_STATUS_SENT, counters.getSent());
    standing.put(MessageStatus.MESSAGE_STATUS_DELIVERED, counters.getDelivered());
    standing.put(MessageStatus.MESSAGE_STATUS_READ, counters.getRead());
    standing.put(MessageStatus.MESSAGE_STATUS_UNDELIVERED, counters.getUndelivered());
    standing.put(MessageStatus.MESSAGE_STATUS_FAILED, counters.getFailed());
    standing.put(MessageStatus.MESSAGE_STATUS_UNKNOWN, counters.getUnknown());
    standing.values().removeIf(count -> count == 0);
    return standing;
  }

  private static BulkJobEntry entry(int position) {
    BulkJobEntry.Builder entry = BulkJobEntry.newBuilder().setTo(address(position));
    entry.getContentBuilder().setText(Words.of(position));
    return entry.build();
  }
}
