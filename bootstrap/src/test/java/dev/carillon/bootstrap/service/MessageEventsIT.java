package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.service.WebhookReceiver.Received;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateWebhookEndpointRequest;
import dev.carillon.v1.Event;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageEvent;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.RetryBulkJobRequest;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.StreamEventsRequest;
import dev.carillon.v1.StreamEventsResponse;
import dev.carillon.v1.WebhookEndpoint;
import io.grpc.Context;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Events of messages, asked for and heard over the network.
@Timeout(180)
class MessageEventsIT {
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

  private static EmbeddedPostgres postgres;
  private static RunningCarillon service;
  private static Client operator;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.temporary();
    service = RunningCarillon.with(Webhooks.settings(postgres));
    Configuration configuration = Configuration.load(null, Webhooks.settings(postgres));
    try (PostgresSource source = PostgresSource.of(configuration.store())) {
      operator = new Client(service.port(), TestKeys.create(source, Role.OPERATOR));
    }
  }

  @AfterAll
  static void stop() {
    operator.close();
    service.close();
    postgres.close();
  }

  /// Delivered, read, undelivered, refused, undelivered and then delivered, in doubt.
  @Test
  void tellsWhatEachMessageCameToInTheFeed() {
    try (Merchant merchant = Merchant.of(operator, service.port(), "feed")) {
      BulkJob job =
          merchant.client().create(to("00", "02", "10", "20", "74", "54").addAllMessageEvents(ALL));
      Map<String, MessageStatus> expected =
          Map.of(
              job.getBulkId() + "-0", MessageStatus.MESSAGE_STATUS_DELIVERED,
              job.getBulkId() + "-1", MessageStatus.MESSAGE_STATUS_READ,
              job.getBulkId() + "-2", MessageStatus.MESSAGE_STATUS_UNDELIVERED,
              job.getBulkId() + "-3", MessageStatus.MESSAGE_STATUS_FAILED,
              job.getBulkId() + "-4", MessageStatus.MESSAGE_STATUS_DELIVERED,
              job.getBulkId() + "-5", MessageStatus.MESSAGE_STATUS_UNKNOWN);

      List<Event> events = readUntil(merchant, expected);

      assertThat(job.getMessageEventsList()).containsExactlyElementsOf(ALL);
      Map<String, Message> shown =
          merchant.client().allMessages(job.getBulkId()).stream()
              .collect(Collectors.toMap(Message::getId, message -> message));
      lastOfEach(events)
          .forEach((id, event) -> {
            Message message = Objects.requireNonNull(shown.get(id));
            assertThat(event.getBulkId()).isEqualTo(job.getBulkId());
            assertThat(event.getClientRef()).isEqualTo(message.getClientRef()).startsWith("ref-");
            assertThat(event.getStatus()).isEqualTo(message.getStatus());
            assertThat(event.getReason()).isEqualTo(message.getReason());
            assertThat(event.getAttempts()).isEqualTo(message.getAttempts());
            assertThat(event.getCarrier()).isEqualTo(message.getCarrier()).isEqualTo("simulated");
          });
      assertThat(events)
          .filteredOn(Event::hasMessage)
          .allSatisfy(event ->
              assertThat(event.getType())
                  .isEqualTo(
                      event
                          .getMessage()
                          .getStatus()
                          .name()
                          .replace("MESSAGE_STATUS_", "message.")
                          .toLowerCase(Locale.ROOT)));
    }
  }

  @Test
  void tellsEndpointsThatNameThemAndNoOthers() throws Exception {
    try (Merchant merchant = Merchant.of(operator, service.port(), "hooks");
        WebhookReceiver some = WebhookReceiver.willing();
        WebhookReceiver plain = WebhookReceiver.willing()) {
      hear(merchant, some, "message.failed", "message.read");
      hear(merchant, plain);
      BulkJob job = merchant.client().create(to("02", "20", "00").addAllMessageEvents(ALL));

      Await.until("events of messages", () -> some.received().size() >= 2);
      Await.until("the end", () -> !plain.received("bulk.completed").isEmpty());

      assertThat(some.received())
          .extracting(Received::body)
          .satisfiesExactlyInAnyOrder(
              body ->
                  assertThat(body)
                      .startsWith(
                          "{\"event\":\"message.failed\",\"bulk_id\":\""
                              + job.getBulkId()
                              + "\",\"message_id\":\""
                              + job.getBulkId()
                              + "-1\",\"client_ref\":\"ref-1\",\"status\":\"failed\","
                              + "\"reason\":\"carrier_refused\",\"attempts\":1,"
                              + "\"carrier\":\"simulated\",\"timestamp\":\""),
              body ->
                  assertThat(body)
                      .startsWith("{\"event\":\"message.read\"")
                      .contains(job.getBulkId() + "-0\"")
                      .doesNotContain("reason"));
      assertThat(plain.received()).noneMatch(one -> one.body().contains("\"event\":\"message."));
    }
  }

  @Test
  void tellsNothingUnlessAskedAndOfARetryTheSame() {
    try (Merchant merchant = Merchant.of(operator, service.port(), "retry")) {
      BulkJob silent = merchant.client().create(to("00"));
      BulkJob parent = merchant.client().create(to("20", "00").addMessageEvents("message.failed"));
      readUntil(merchant, Map.of(parent.getBulkId() + "-0", MessageStatus.MESSAGE_STATUS_FAILED));
      merchant.client().pollJob(parent.getBulkId(), BulkJob::getDone);

      BulkJob child =
          merchant
              .client()
              .jobs()
              .retryBulkJob(RetryBulkJobRequest.newBuilder().setBulkId(parent.getBulkId()).build())
              .getBulkJob();

      assertThat(silent.getMessageEventsList()).isEmpty();
      assertThat(child.getMessageEventsList()).containsExactly("message.failed");
      assertThat(
              readUntil(
                  merchant, Map.of(child.getBulkId() + "-0", MessageStatus.MESSAGE_STATUS_FAILED)))
          .filteredOn(Event::hasMessage)
          .hasSize(2);
    }
  }

  @Test
  void refusesWhatIsNoEventOfAMessage() throws Exception {
    try (Merchant merchant = Merchant.of(operator, service.port(), "refused")) {
      CreateBulkJobRequest.Builder request =
          to("00").addMessageEvents("message.sent").addMessageEvents("bulk.started");

      Refusals refusal =
          Refusals.of(() -> merchant.client().create(request))
              .has(Status.Code.INVALID_ARGUMENT, "INVALID_FIELD");

      assertThat(refusal.fields()).containsExactly("message_events[1]");
    }
  }

  private static void hear(Merchant merchant, WebhookReceiver receiver, String... types) {
    var _ =
        Webhooks.of(merchant.client())
            .createWebhookEndpoint(
                CreateWebhookEndpointRequest.newBuilder()
                    .setWebhookEndpoint(
                        WebhookEndpoint.newBuilder()
                            .setUrl(receiver.url())
                            .addAllEventTypes(Arrays.asList(types)))
                    .build());
  }

  /// Reads the feed from its beginning until these messages have come to these statuses.
  private static List<Event> readUntil(Merchant merchant, Map<String, MessageStatus> expected) {
    List<Event> events = new ArrayList<>();
    try (Context.CancellableContext call = Context.current().withCancellation()) {
      call.run(() -> {
        Iterator<StreamEventsResponse> stream =
            Webhooks.events(merchant.client())
                .streamEvents(StreamEventsRequest.getDefaultInstance());
        while (!come(events, expected)) {
          StreamEventsResponse next = stream.next();
          if (next.hasEvent()) {
            events.add(next.getEvent());
          }
        }
      });
    }
    return events;
  }

  private static boolean come(List<Event> events, Map<String, MessageStatus> expected) {
    Map<String, MessageEvent> last = lastOfEach(events);
    return expected.entrySet().stream()
        .allMatch(one ->
            last.containsKey(one.getKey())
                && last.getOrDefault(one.getKey(), MessageEvent.getDefaultInstance()).getStatus()
                    == one.getValue());
  }

  private static Map<String, MessageEvent> lastOfEach(List<Event> events) {
    Map<String, MessageEvent> last = new HashMap<>();
    for (Event event : events) {
      if (event.hasMessage()) {
        last.put(event.getMessage().getMessageId(), event.getMessage());
      }
    }
    return last;
  }

  /// An SMS each to numbers that the simulated carrier treats so.
  private static CreateBulkJobRequest.Builder to(String... scripts) {
    CreateBulkJobRequest.Builder request =
        CreateBulkJobRequest.newBuilder()
            .setSms(SmsContent.newBuilder().setText("Hello"))
            .setDefaultRegion("ZW");
    for (int i = 0; i < scripts.length; i++) {
      request.addEntries(
          BulkJobEntry.newBuilder().setTo("07755501" + scripts[i]).setClientRef("ref-" + i));
    }
    return request;
  }
}
