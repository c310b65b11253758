package dev.carillon.bootstrap.carriers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobCounters;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A mixed job from the call to the last receipt, over a carrier that is reached over HTTP.
@Timeout(420)
abstract class WebCarrierJob {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(250);

  @TempDir Path directory;

  /// The carrier's other side, not started.
  abstract WebPeer peer();

  /// How many recipients there are.
  abstract int recipients();

  /// What leads to the carrier, and how it is reached.
  abstract String configuration(URI api);

  /// A job without recipients.
  abstract CreateBulkJobRequest.Builder job();

  /// What stands between the carrier and its other side, if anything does.
  URI front(URI peer) throws Exception {
    return peer;
  }

  /// Once the house is there, and before anything is sent.
  void prepare(WebPeer peer, LiveHouse house) {}

  @Test
  void whatStandsForEachMessageIsWhatTheOtherSideSays() throws Exception {
    try (WebPeer peer = peer()) {
      peer.open();
      try (LiveHouse house = new LiveHouse(directory, configuration(front(peer.uri())))) {
        prepare(peer, house);
        run(peer, house);
      }
    }
  }

  private void run(WebPeer peer, LiveHouse house) {
    CreateBulkJobRequest.Builder request = job();
    Map<String, String> texts = new HashMap<>();
    Map<MessageStatus, Long> expected = new EnumMap<>(MessageStatus.class);
    IntStream.range(0, recipients())
        .forEach(i -> {
          BulkJobEntry.Builder entry = BulkJobEntry.newBuilder().setTo(number(i));
          entry.getContentBuilder().setText(Words.of(i));
          request.addEntries(entry);
          texts.put(number(i), Words.of(i));
          expected.merge(Fate.of(number(i)).end(), 1L, Long::sum);
        });

    BulkJob created = house.client().create(request);
    assertThat(created.getCounters().getAccepted()).isEqualTo(recipients());
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .untilAsserted(() -> {
          BulkJob job = house.client().get(created.getBulkId());
          assertThat(standing(job.getCounters())).isEqualTo(expected);
          assertThat(job.getDone()).isTrue();
        });

    assertThat(peer.bugs()).isEmpty();
    assertThat(sentOnceEach(peer.taken())).isEqualTo(onlyTaken(texts));
    List<Message> messages = house.client().allMessages(created.getBulkId());
    assertThat(messages)
        .hasSize(recipients())
        .allSatisfy(message ->
            assertThat(message.getStatus())
                .isEqualTo(Fate.of(number(message.getPosition())).end()));
  }

  private static Map<MessageStatus, Long> standing(BulkJobCounters counters) {
    Map<MessageStatus, Long> standing = new EnumMap<>(MessageStatus.class);
    standing.put(MessageStatus.MESSAGE_STATUS_PENDING, counters.getPending());
    standing.put(MessageStatus.MESSAGE_STATUS_QUEUED, counters.getQueued());
    standing.put(MessageStatus.MESSAGE_STATUS_SENT, counters.getSent());
    standing.put(MessageStatus.MESSAGE_STATUS_DELIVERED, counters.getDelivered());
    standing.put(MessageStatus.MESSAGE_STATUS_READ, counters.getRead());
    standing.put(MessageStatus.MESSAGE_STATUS_UNDELIVERED, counters.getUndelivered());
    standing.put(MessageStatus.MESSAGE_STATUS_FAILED, counters.getFailed());
    standing.put(MessageStatus.MESSAGE_STATUS_UNKNOWN, counters.getUnknown());
    standing.put(MessageStatus.MESSAGE_STATUS_CANCELLED, counters.getCancelled());
    standing.values().removeIf(count -> count == 0);
    return standing;
  }

  /// What each number was sent; a number that got more than one is shown with all of them.
  private static <Q extends Queue<String>> Map<String, String> sentOnceEach(Map<String, Q> taken) {
    Map<String, String> sent = new TreeMap<>();
    taken.forEach((number, words) -> sent.put(number, String.join("|TWICE|", words)));
    return sent;
  }

  private static Map<String, String> onlyTaken(Map<String, String> texts) {
    Map<String, String> taken = new TreeMap<>(texts);
    taken.keySet().removeIf(number -> !Fate.of(number).isTaken());
    return taken;
  }

  static String number(int entry) {
    return "+26377%07d".formatted(1_000_000 + entry);
  }
}
