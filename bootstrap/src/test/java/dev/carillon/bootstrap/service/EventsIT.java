package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.Event;
import dev.carillon.v1.ListEventsRequest;
import dev.carillon.v1.ListEventsResponse;
import dev.carillon.v1.StreamEventsRequest;
import dev.carillon.v1.StreamEventsResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The feed of events, read over the network at two nodes.
@Timeout(180)
class EventsIT {
  private static EmbeddedPostgres postgres;
  private static RunningCarillon first;
  private static RunningCarillon second;
  private static Client operator;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.temporary();
    first = RunningCarillon.with(Webhooks.settings(postgres));
    second = RunningCarillon.with(Webhooks.settings(postgres));
    Configuration configuration = Configuration.load(null, Webhooks.settings(postgres));
    try (PostgresSource source = PostgresSource.of(configuration.store())) {
      operator = new Client(first.port(), TestKeys.create(source, Role.OPERATOR));
    }
  }

  @AfterAll
  static void stop() {
    operator.close();
    second.close();
    first.close();
    postgres.close();
  }

  /// Who breaks off at random and goes on at a node at random has every event, in one order.
  @Test
  void givesEveryEventInOneOrderToAReaderThatBreaksOffAtRandom() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Merchant here = Merchant.of(operator, first.port(), "events");
        Merchant there = here.at(second.port())) {
      int jobs = 40;
      Thread submitting =
          Thread.ofVirtual()
              .start(() ->
                  IntStream.range(0, jobs)
                      .forEach(
                          i -> (i % 2 == 0 ? here : there).client().create(Client.anSmsJobTo(2))));

      List<Event> read = new ArrayList<>();
      String cursor = "";
      while (read.stream().filter(event -> event.getType().equals("bulk.completed")).count()
          < jobs) {
        cursor =
            readSome(random.nextBoolean() ? here : there, cursor, 1 + random.nextInt(20), read);
      }
      submitting.join();

      List<Event> all = listAll(there, 7);
      assertThat(read).as("seed %d", seed).isEqualTo(all.subList(0, read.size()));
      assertThat(all).extracting(Event::getEventId).doesNotHaveDuplicates();
    }
  }

  @Test
  void listsFromAnyCursorOfTheSameTenantAlone() {
    try (Merchant merchant = Merchant.of(operator, first.port(), "lists");
        Merchant other = Merchant.of(operator, first.port(), "other")) {
      BulkJob job = ended(merchant);
      List<Event> all = listAll(merchant, 1_000);
      ListEventsResponse none =
          list(merchant, ListEventsRequest.newBuilder().setCursor(cursorOfAll(merchant)));

      assertThat(all).extracting(Event::getType).startsWith("bulk.started", "bulk.completed");
      assertThat(all.get(1).getBulkJob().getBulkId()).isEqualTo(job.getBulkId());
      assertThat(none.getEventsList()).isEmpty();
      assertThat(
              list(merchant, ListEventsRequest.newBuilder().addTypes("bulk.completed"))
                  .getEventsList())
          .hasSize(1);
      assertThat(listAll(other, 10)).isEmpty();
      assertThatThrownBy(
              () -> list(other, ListEventsRequest.newBuilder().setCursor(cursorOfAll(merchant))))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused ->
                  assertThat(refused.getStatus().getCode())
                      .isEqualTo(Status.Code.INVALID_ARGUMENT));
      assertThatThrownBy(
              () -> list(merchant, ListEventsRequest.newBuilder().addTypes("bulk.unheard-of")))
          .isInstanceOf(StatusRuntimeException.class);
    }
  }

  @Test
  void tellsWhatHappensFromNowOnAndThatItIsAlive() {
    try (Merchant merchant = Merchant.of(operator, first.port(), "now")) {
      ended(merchant);
      try (Context.CancellableContext call = Context.current().withCancellation()) {
        call.run(() -> {
          Iterator<StreamEventsResponse> stream =
              Webhooks.events(merchant.client())
                  .streamEvents(
                      StreamEventsRequest.newBuilder()
                          .setFromNow(true)
                          .addTypes("bulk.completed")
                          .setHeartbeatInterval(
                              com.google.protobuf.Duration.newBuilder().setSeconds(1))
                          .build());
          StreamEventsResponse alive = stream.next();
          BulkJob job = merchant.client().create(Client.anSmsJobTo(1));
          StreamEventsResponse next = stream.next();
          while (!next.hasEvent()) {
            next = stream.next();
          }

          assertThat(alive.hasEvent()).isFalse();
          assertThat(alive.getCursor()).isNotEmpty();
          assertThat(next.getEvent().getBulkJob().getBulkId()).isEqualTo(job.getBulkId());
        });
      }
    }
  }

  private static BulkJob ended(Merchant merchant) {
    BulkJob job = merchant.client().create(Client.anSmsJobTo(2));
    Iterator<StreamEventsResponse> stream =
        Webhooks.events(merchant.client())
            .streamEvents(StreamEventsRequest.newBuilder().addTypes("bulk.completed").build());
    StreamEventsResponse next = stream.next();
    while (!next.getEvent().getBulkJob().getBulkId().equals(job.getBulkId())) {
      next = stream.next();
    }
    return job;
  }

  private static String readSome(Merchant node, String cursor, int some, List<Event> read) {
    try (Context.CancellableContext call = Context.current().withCancellation()) {
      return callUnchecked(
          call,
          () -> {
            Iterator<StreamEventsResponse> stream =
                Webhooks.events(node.client())
                    .streamEvents(
                        StreamEventsRequest.newBuilder()
                            .setCursor(cursor)
                            .setHeartbeatInterval(
                                com.google.protobuf.Duration.newBuilder().setSeconds(1))
                            .build());
            String at = cursor;
            for (int i = 0; i < some; i++) {
              StreamEventsResponse next = stream.next();
              at = next.getCursor();
              if (next.hasEvent()) {
                read.add(next.getEvent());
              }
            }
            return at;
          });
    }
  }

  private static String callUnchecked(Context context, java.util.concurrent.Callable<String> work) {
    try {
      return context.call(work);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<Event> listAll(Merchant merchant, int pageSize) {
    List<Event> all = new ArrayList<>();
    ListEventsResponse page;
    String cursor = "";
    do {
      page = list(merchant, ListEventsRequest.newBuilder().setCursor(cursor).setPageSize(pageSize));
      all.addAll(page.getEventsList());
      cursor = page.getCursor();
    } while (!page.getEventsList().isEmpty());
    return all;
  }

  private static String cursorOfAll(Merchant merchant) {
    return list(merchant, ListEventsRequest.newBuilder().setPageSize(1_000)).getCursor();
  }

  private static ListEventsResponse list(Merchant merchant, ListEventsRequest.Builder request) {
    return Webhooks.events(merchant.client()).listEvents(request.build());
  }
}
