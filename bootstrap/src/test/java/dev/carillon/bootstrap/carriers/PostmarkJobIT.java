package dev.carillon.bootstrap.carriers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.MessageStatus;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A mixed job of mails from the call to the last webhook, in batches, some of whose answers are
/// lost.
@Timeout(240)
class PostmarkJobIT {
  private static final int RECIPIENTS = 10_000;

  @TempDir private Path directory;

  @Test
  void whatStandsForEachMessageIsWhatPostmarkSays() throws Exception {
    try (PostmarkPeer peer = new PostmarkPeer();
        LiveHouse house = new LiveHouse(directory, configuration(peer.uri()))) {
      peer.callAt(house.callbacks() + "/callbacks/postmark");

      BulkJob created = house.client().create(MailJob.to(RECIPIENTS));
      assertThat(created.getCounters().getAccepted()).isEqualTo(RECIPIENTS);
      house
          .client()
          .pollJob(
              created.getBulkId(),
              job ->
                  job.getDone()
                      && peer.ends().size() == RECIPIENTS
                      && MailJob.standing(job.getCounters()).equals(standing(peer)));

      assertThat(peer.bugs()).isEmpty();
      assertThat(peer.batches()).isLessThan(RECIPIENTS / 10);
      assertThat(standing(peer)).hasSize(4);
      assertThat(house.client().allMessages(created.getBulkId()))
          .hasSize(RECIPIENTS)
          .allSatisfy(message ->
              assertThat(message.getStatus())
                  .isEqualTo(peer.ends().get(MailJob.address(message.getPosition()))));
      assertThat(sentOnceEach(peer)).isEqualTo(expectedTexts(peer));
    }
  }

  private static Map<MessageStatus, Long> standing(PostmarkPeer peer) {
    return peer.ends().values().stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static Map<String, String> sentOnceEach(PostmarkPeer peer) {
    Map<String, String> sent = new TreeMap<>();
    peer.taken().forEach((to, texts) -> sent.put(to, String.join("|TWICE|", texts)));
    return sent;
  }

  private static Map<String, String> expectedTexts(PostmarkPeer peer) {
    Map<String, String> texts = new TreeMap<>();
    peer.ends()
        .forEach((to, end) -> {
          if (end != MessageStatus.MESSAGE_STATUS_FAILED) {
            texts.put(to, Words.of(MailJob.position(to)));
          }
        });
    return texts;
  }

  private static String configuration(URI api) {
    return """
    carillon {
      carriers.postmark {
        type = postmark
        api-url = "%s"
        server-token = %s
        track-opens = true
        webhook-user = postmark
        webhook-password = "%s"
        batch = 50
        answer-timeout = 10s
      }
      routes = [ { name = all, channel = email, to = [ { carrier = postmark } ] } ]
    }
    """
        .formatted(api, PostmarkPeer.TOKEN, PostmarkPeer.PASSWORD);
  }
}
