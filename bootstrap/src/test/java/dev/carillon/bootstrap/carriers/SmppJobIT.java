package dev.carillon.bootstrap.carriers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobCounters;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.SmsContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A mixed job from the call to the last receipt, over SMPP. The centre writes its ids one way in
/// answers and another in receipts, some of which come before the answer.
@Timeout(240)
class SmppJobIT {
  private static final int RECIPIENTS = 10_000;

  @TempDir private Path directory;

  @Test
  void whatStandsForEachMessageIsWhatTheCentreSays() throws IOException {
    try (SmppPeer peer = new SmppPeer();
        LiveHouse house = new LiveHouse(directory, configuration(peer.port()))) {
      Map<String, String> texts = new TreeMap<>();
      Map<MessageStatus, Long> expected = new EnumMap<>(MessageStatus.class);
      CreateBulkJobRequest.Builder request =
          CreateBulkJobRequest.newBuilder().setSms(SmsContent.newBuilder().setSender("Carillon"));
      for (int i = 0; i < RECIPIENTS; i++) {
        String number = number(i);
        BulkJobEntry.Builder entry = BulkJobEntry.newBuilder().setTo(number);
        entry.getContentBuilder().setText(Words.of(i));
        request.addEntries(entry);
        expected.merge(end(number), 1L, Long::sum);
        if (Fate.of(number).isTaken()) {
          texts.put(number, Words.of(i));
        }
      }

      BulkJob created = house.client().create(request);
      assertThat(created.getCounters().getAccepted()).isEqualTo(RECIPIENTS);
      BulkJob settled =
          house
              .client()
              .pollJob(
                  created.getBulkId(),
                  job -> job.getDone() && standing(job.getCounters()).equals(expected));

      assertThat(standing(settled.getCounters())).isEqualTo(expected);
      assertThat(peer.bugs()).isEmpty();
      assertThat(peer.texts()).isEqualTo(texts);
      assertThat(house.client().allMessages(created.getBulkId()))
          .hasSize(RECIPIENTS)
          .allSatisfy(SmppJobIT::endsAsItShould);
    }
  }

  private static String number(int entry) {
    return "+26377%07d".formatted(1_000_000 + entry);
  }

  private static void endsAsItShould(Message message) {
    assertThat(message.getStatus()).isEqualTo(end(number(message.getPosition())));
  }

  private static MessageStatus end(String number) {
    return switch (Fate.of(number)) {
      case UNDELIVERED -> MessageStatus.MESSAGE_STATUS_UNDELIVERED;
      case REFUSED, UNSUBSCRIBED -> MessageStatus.MESSAGE_STATUS_FAILED;
      default -> MessageStatus.MESSAGE_STATUS_DELIVERED;
    };
  }

  private static Map<MessageStatus, Long> standing(BulkJobCounters counters) {
    Map<MessageStatus, Long> standing = new EnumMap<>(MessageStatus.class);
    standing.put(MessageStatus.MESSAGE_STATUS_SENT, counters.getSent());
    standing.put(MessageStatus.MESSAGE_STATUS_DELIVERED, counters.getDelivered());
    standing.put(MessageStatus.MESSAGE_STATUS_UNDELIVERED, counters.getUndelivered());
    standing.put(MessageStatus.MESSAGE_STATUS_FAILED, counters.getFailed());
    standing.put(MessageStatus.MESSAGE_STATUS_UNKNOWN, counters.getUnknown());
    standing.put(MessageStatus.MESSAGE_STATUS_QUEUED, counters.getQueued());
    standing.values().removeIf(count -> count == 0);
    return standing;
  }

  private static String configuration(int port) {
    return """
    carillon {
      carriers.centre {
        type = smpp
        host = localhost
        port = %d
        system-id = carillon
        password = secret
        answer-ids = hex
        receipt-ids = decimal
        sessions-overall = 2
      }
      routes = [ { name = all, channel = sms, to = [ { carrier = centre } ] } ]
    }
    """
        .formatted(port);
  }
}
