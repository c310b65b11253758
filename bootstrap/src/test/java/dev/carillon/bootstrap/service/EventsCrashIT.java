package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.service.WebhookReceiver.Received;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.CreateWebhookEndpointRequest;
import dev.carillon.v1.Event;
import dev.carillon.v1.ListEventsRequest;
import dev.carillon.v1.ListEventsResponse;
import dev.carillon.v1.StreamEventsRequest;
import dev.carillon.v1.StreamEventsResponse;
import dev.carillon.v1.WebhookEndpoint;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Jobs end while the service is killed again and again and the receiver fails half of the time. As
/// many as wanted by `-Dcarillon.events.jobs`, `-Dcarillon.events.kills` and
/// `-Dcarillon.events.minutes`, with `-Djunit.jupiter.execution.timeout.mode=disabled`.
@Timeout(300)
class EventsCrashIT {
  private static final int JOBS = Integer.getInteger("carillon.events.jobs", 200);
  private static final int KILLS = Integer.getInteger("carillon.events.kills", 5);
  private static final int MINUTES = Integer.getInteger("carillon.events.minutes", 4);
  private static final Pattern BULK_ID = Pattern.compile("\"bulk_id\":\"([^\"]+)\"");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  @TempDir private Path directory;

  private final long seed = System.nanoTime();
  private final List<Event> read = new CopyOnWriteArrayList<>();
  private volatile @Nullable Merchant merchant;
  private volatile boolean over;

  @Test
  void everyEndIsToldUnderOneIdAndTheFeedIsWhole() throws Exception {
    Random answers = new Random(seed);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        WebhookReceiver receiver =
            WebhookReceiver.answering(_ -> answers.nextBoolean() ? 200 : 500)) {
      Map<String, String> settings = settings(postgres);
      ServedProcess node = ServedProcess.start(directory, settings);
      merchant = merchantAt(node, settings);
      hearOfEnds(receiver);
      Thread reader = Thread.ofVirtual().start(this::readFeed);

      Set<String> jobs = new HashSet<>();
      for (int job = 0; job < JOBS; job++) {
        if (job % (JOBS / KILLS) == JOBS / KILLS / 2) {
          node.kill();
          node = ServedProcess.start(directory, settings);
          Merchant before = merchant();
          merchant = before.at(node.port());
          before.close();
        }
        jobs.add(submit(job));
      }
      await("every end", () -> idsByJob(receiver).keySet().containsAll(jobs));
      await("every event", () -> read.stream().filter(EventsCrashIT::isEnd).count() >= JOBS);
      over = true;
      reader.join();

      assertThat(idsByJob(receiver)).as("seed %d", seed).isEqualTo(idsInFeed());
      List<Event> all = listAll();
      assertThat(read).as("seed %d", seed).isEqualTo(all.subList(0, read.size()));
      assertThat(all).extracting(Event::getEventId).doesNotHaveDuplicates();
      System.out.println(
          "seed "
              + seed
              + ": "
              + KILLS
              + " kills, "
              + receiver.received().size()
              + " webhooks for "
              + JOBS
              + " ends, "
              + all.size()
              + " events");
      node.kill();
      merchant().close();
    }
  }

  private Merchant merchant() {
    return Objects.requireNonNull(merchant);
  }

  private Map<String, String> settings(EmbeddedPostgres postgres) {
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

  private void hearOfEnds(WebhookReceiver receiver) {
    var _ =
        Webhooks.of(merchant().client())
            .createWebhookEndpoint(
                CreateWebhookEndpointRequest.newBuilder()
                    .setWebhookEndpoint(
                        WebhookEndpoint.newBuilder()
                            .setUrl(receiver.url())
                            .addEventTypes("bulk.completed")
                            .addEventTypes("bulk.failed"))
                    .build());
  }

  /// Until it is accepted, whatever breaks meanwhile.
  private String submit(int job) {
    while (true) {
      try {
        return merchant()
            .client()
            .create(Client.anSmsJobTo(2).setRequestId("job-" + job))
            .getBulkId();
      } catch (StatusRuntimeException broken) {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  /// Breaks off at random, and goes on from its cursor at whatever node there is.
  private void readFeed() {
    Random breaks = new Random(seed + 1);
    String cursor = "";
    while (!over) {
      try (Context.CancellableContext call = Context.current().withCancellation()) {
        String from = cursor;
        List<Event> some = new ArrayList<>();
        String[] at = {cursor};
        call.run(() -> readSome(from, 1 + breaks.nextInt(30), some, at));
        read.addAll(some);
        cursor = at[0];
      }
    }
  }

  private void readSome(String from, int some, List<Event> events, String[] at) {
    try {
      Iterator<StreamEventsResponse> stream =
          Webhooks.events(merchant().client())
              .streamEvents(
                  StreamEventsRequest.newBuilder()
                      .setCursor(from)
                      .setHeartbeatInterval(com.google.protobuf.Duration.newBuilder().setSeconds(1))
                      .build());
      for (int i = 0; i < some && !over; i++) {
        StreamEventsResponse next = stream.next();
        if (next.hasEvent()) {
          events.add(next.getEvent());
        }
        at[0] = next.getCursor();
      }
    } catch (StatusRuntimeException broken) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private static Map<String, Set<String>> idsByJob(WebhookReceiver receiver) {
    return receiver.received().stream()
        .collect(
            Collectors.groupingBy(
                EventsCrashIT::bulkId, Collectors.mapping(Received::id, Collectors.toSet())));
  }

  private Map<String, Set<String>> idsInFeed() {
    return read.stream()
        .filter(EventsCrashIT::isEnd)
        .collect(
            Collectors.groupingBy(
                event -> event.getBulkJob().getBulkId(),
                Collectors.mapping(Event::getEventId, Collectors.toSet())));
  }

  private static boolean isEnd(Event event) {
    return event.getType().equals("bulk.completed") || event.getType().equals("bulk.failed");
  }

  private static String bulkId(Received received) {
    Matcher found = BULK_ID.matcher(received.body());
    return found.find() ? found.group(1) : "";
  }

  private List<Event> listAll() {
    List<Event> all = new ArrayList<>();
    String cursor = "";
    ListEventsResponse page;
    do {
      page =
          Webhooks.events(merchant().client())
              .listEvents(
                  ListEventsRequest.newBuilder().setCursor(cursor).setPageSize(100).build());
      all.addAll(page.getEventsList());
      cursor = page.getCursor();
    } while (!page.getEventsList().isEmpty());
    return all;
  }

  /// Longer than a lease, and than an open circuit.
  private static void await(String what, java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain: " + what);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
