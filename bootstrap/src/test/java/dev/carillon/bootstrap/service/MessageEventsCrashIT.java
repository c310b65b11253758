package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.Event;
import dev.carillon.v1.ListEventsRequest;
import dev.carillon.v1.ListEventsResponse;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed again and again while it sends: in the end the feed has said of every
/// message where it stands, each step once. As often and as much as wanted by
/// `-Dcarillon.events.messages` and `-Dcarillon.events.kills`.
@Timeout(300)
class MessageEventsCrashIT {
  private static final int MESSAGES = Integer.getInteger("carillon.events.messages", 4_000);
  private static final int KILLS = Integer.getInteger("carillon.events.kills", 4);
  private static final List<String> ALL =
      List.of(
          "message.sent",
          "message.delivered",
          "message.read",
          "message.undelivered",
          "message.failed",
          "message.expired",
          "message.cancelled",
          "message.unknown");

  @TempDir private Path directory;

  private final long seed = System.nanoTime();

  @Test
  void theLastEventOfEachMessageIsItsStatusHoweverOftenTheServiceDies() throws Exception {
    Random random = new Random(seed);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary()) {
      Map<String, String> settings = settings(postgres);
      ServedProcess node = ServedProcess.start(directory, settings);
      Merchant merchant = merchantAt(node, settings);
      String job =
          merchant
              .client()
              .create(
                  Client.anSmsJobTo(MESSAGES)
                      .addAllMessageEvents(ALL)
                      .setRatePerSecond(Math.max(200, MESSAGES / 8)))
              .getBulkId();
      for (int kill = 1; kill <= KILLS; kill++) {
        long taken = (long) MESSAGES * kill / (KILLS + 2) + random.nextInt(MESSAGES / 20);
        merchant.client().pollJob(job, at -> processed(at) >= taken);
        node.kill();
        merchant.close();
        node = ServedProcess.start(directory, settings);
        merchant = merchant.at(node.port());
      }
      merchant.client().pollJob(job, BulkJob::getDone);

      List<Event> events = agreed(merchant, job);

      Map<String, MessageStatus> before = new HashMap<>();
      for (Event event : events) {
        if (event.hasMessage()) {
          assertThat(before.put(event.getMessage().getMessageId(), event.getMessage().getStatus()))
              .as("seed %d: %s", seed, event)
              .isNotEqualTo(event.getMessage().getStatus());
        }
      }
      assertThat(events).extracting(Event::getEventId).doesNotHaveDuplicates();
      System.out.println(
          "seed "
              + seed
              + ": "
              + KILLS
              + " kills, "
              + events.size()
              + " events of "
              + MESSAGES
              + " messages: "
              + before.values().stream()
                  .collect(Collectors.groupingBy(MessageStatus::name, Collectors.counting())));
      node.kill();
      merchant.close();
    }
  }

  /// The feed, as soon as it says of every message where it stands; receipts may be on their way.
  private List<Event> agreed(Merchant merchant, String job) {
    List<List<Event>> found = new ArrayList<>();
    Await.until(
        "the feed's last words to be the statuses, seed " + seed,
        () -> {
          Map<String, MessageStatus> shown =
              merchant.client().allMessages(job).stream()
                  .collect(Collectors.toMap(Message::getId, Message::getStatus));
          List<Event> events = listAll(merchant);
          found.add(events);
          return last(events).equals(shown);
        });
    return found.getLast();
  }

  private static Map<String, MessageStatus> last(List<Event> events) {
    Map<String, MessageStatus> last = new HashMap<>();
    for (Event event : events) {
      if (event.hasMessage()) {
        last.put(event.getMessage().getMessageId(), event.getMessage().getStatus());
      }
    }
    return last;
  }

  private static List<Event> listAll(Merchant merchant) {
    List<Event> all = new ArrayList<>();
    String cursor = "";
    ListEventsResponse page;
    do {
      page =
          Webhooks.events(merchant.client())
              .listEvents(
                  ListEventsRequest.newBuilder().setCursor(cursor).setPageSize(1_000).build());
      all.addAll(page.getEventsList());
      cursor = page.getCursor();
    } while (!page.getEventsList().isEmpty());
    return all;
  }

  private static long processed(BulkJob job) {
    return job.getCounters().getAccepted()
        - job.getCounters().getPending()
        - job.getCounters().getQueued();
  }

  private static Map<String, String> settings(EmbeddedPostgres postgres) {
    Map<String, String> settings = new HashMap<>(Webhooks.settings(postgres));
    settings.put("CARILLON_DISPATCH_LEASE_TIME", "2s");
    settings.put("CARILLON_SIMULATED_LATENCY_FROM", "5ms");
    settings.put("CARILLON_SIMULATED_LATENCY_TO", "50ms");
    return settings;
  }

  private static Merchant merchantAt(ServedProcess node, Map<String, String> settings) {
    Configuration configuration = Configuration.load(null, settings);
    try (PostgresSource source = PostgresSource.of(configuration.store());
        Client operator = new Client(node.port(), TestKeys.create(source, Role.OPERATOR))) {
      return Merchant.of(operator, node.port(), "crash");
    }
  }
}
