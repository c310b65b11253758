package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.service.WebhookReceiver.Received;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateWebhookEndpointRequest;
import dev.carillon.v1.CreateWebhookEndpointResponse;
import dev.carillon.v1.DeleteWebhookEndpointRequest;
import dev.carillon.v1.EventServiceGrpc;
import dev.carillon.v1.GetWebhookEndpointRequest;
import dev.carillon.v1.ListEventsRequest;
import dev.carillon.v1.ListWebhookDeliveriesRequest;
import dev.carillon.v1.RedeliverEventRequest;
import dev.carillon.v1.RotateWebhookSecretRequest;
import dev.carillon.v1.TestWebhookEndpointRequest;
import dev.carillon.v1.UpdateWebhookEndpointRequest;
import dev.carillon.v1.WebhookDelivery;
import dev.carillon.v1.WebhookDeliveryState;
import dev.carillon.v1.WebhookDisabledReason;
import dev.carillon.v1.WebhookEndpoint;
import dev.carillon.v1.WebhookFailure;
import dev.carillon.v1.WebhookServiceGrpc;
import dev.carillon.v1.WebhookServiceGrpc.WebhookServiceBlockingStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Webhooks from the API to a receiver's socket, verified by a library that is nobody's of this
/// house.
@Timeout(180)
class WebhooksIT {
  private static EmbeddedPostgres postgres;
  private static RunningCarillon carillon;
  private static Client operator;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.temporary();
    Map<String, String> settings = Webhooks.settings(postgres);
    carillon = RunningCarillon.with(settings);
    Configuration configuration = Configuration.load(null, settings);
    try (PostgresSource source = PostgresSource.of(configuration.store())) {
      operator = new Client(carillon.port(), TestKeys.create(source, Role.OPERATOR));
    }
  }

  @AfterAll
  static void stop() {
    operator.close();
    carillon.close();
    postgres.close();
  }

  /// S1's payload, field by field and in its order.
  @Test
  void tellsOfACompletedJobAsTheSeedShowsIt() throws Exception {
    try (Merchant merchant = merchant();
        WebhookReceiver receiver = WebhookReceiver.willing()) {
      CreateWebhookEndpointResponse made = endpoint(merchant, receiver.url(), "bulk.completed");

      BulkJob job = send(merchant, 3);
      Await.until("the webhook", () -> !receiver.received().isEmpty());

      Received received = receiver.received().getFirst();
      new Webhook(made.getSecret()).verify(received.body(), headers(received));
      assertThat(received.body())
          .matches(
              "\\{\"event\":\"bulk.completed\",\"bulk_id\":\""
                  + job.getBulkId()
                  + "\",\"status\":\"completed\",\"total_recipients\":3,\"success_count\":3,"
                  + "\"failure_count\":0,\"timestamp\":\"[-0-9T:.]+Z\"\\}");
      assertThat(received.headers())
          .containsEntry("content-type", "application/json; charset=UTF-8");
    }
  }

  @Test
  void signsWithBothSecretsWhileTheyChange() throws Exception {
    try (Merchant merchant = merchant();
        WebhookReceiver receiver = WebhookReceiver.willing()) {
      CreateWebhookEndpointResponse made = endpoint(merchant, receiver.url(), "bulk.started");
      var rotated =
          webhooks(merchant)
              .rotateWebhookSecret(
                  RotateWebhookSecretRequest.newBuilder().setEndpointId(id(made)).build());

      Received both = test(merchant, made, receiver);
      new Webhook(made.getSecret()).verify(both.body(), headers(both));
      new Webhook(rotated.getSecret()).verify(both.body(), headers(both));
      assertThat(rotated.getWebhookEndpoint().hasPreviousSecretExpireTime()).isTrue();

      var last =
          webhooks(merchant)
              .rotateWebhookSecret(
                  RotateWebhookSecretRequest.newBuilder()
                      .setEndpointId(id(made))
                      .setOverlap(com.google.protobuf.Duration.getDefaultInstance())
                      .build());
      Received one = test(merchant, made, receiver);
      new Webhook(last.getSecret()).verify(one.body(), headers(one));
      assertThatThrownBy(() -> new Webhook(rotated.getSecret()).verify(one.body(), headers(one)))
          .isInstanceOf(WebhookVerificationException.class);
    }
  }

  @Test
  void triesAgainUnderTheSameIdAndListsEveryAttempt() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Merchant merchant = merchant();
        WebhookReceiver receiver =
            WebhookReceiver.answering(_ -> calls.incrementAndGet() == 1 ? 500 : 204)) {
      CreateWebhookEndpointResponse made = endpoint(merchant, receiver.url(), "bulk.completed");

      send(merchant, 1);
      Await.until("the second attempt", () -> receiver.received().size() == 2);
      Await.until(
          "its end",
          () -> state(merchant, made) == WebhookDeliveryState.WEBHOOK_DELIVERY_STATE_DELIVERED);

      assertThat(receiver.received().getFirst().id()).isEqualTo(receiver.received().getLast().id());
      WebhookDelivery delivery = deliveries(merchant, made).getFirst();
      assertThat(delivery.getEvent().getEventId()).isEqualTo(receiver.received().getFirst().id());
      assertThat(delivery.getRequestBody()).isEqualTo(receiver.received().getFirst().body());
      assertThat(delivery.getAttemptsList())
          .extracting(attempt -> attempt.getResponseCode())
          .containsExactly(500, 204);
      assertThat(delivery.getAttempts(0).getResponseExcerpt()).isEqualTo("thanks");

      webhooks(merchant)
          .redeliverEvent(
              RedeliverEventRequest.newBuilder()
                  .setEndpointId(id(made))
                  .setEventId(delivery.getEvent().getEventId())
                  .build());
      Await.until("once more", () -> receiver.received().size() == 3);
      assertThat(receiver.received().getLast().id()).isEqualTo(delivery.getEvent().getEventId());
    }
  }

  /// One receiver accepts connections and says nothing, another is not there at all.
  @Test
  void letsNoDeadEndpointDelayAnother() throws Exception {
    try (Merchant merchant = merchant();
        ServerSocket silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        WebhookReceiver receiver = WebhookReceiver.willing()) {
      CreateWebhookEndpointResponse dead =
          endpoint(merchant, "http://127.0.0.1:" + silent.getLocalPort() + "/");
      endpoint(merchant, "http://127.0.0.1:1/");
      endpoint(merchant, receiver.url(), "bulk.completed");
      long start = System.nanoTime();

      List<String> jobs =
          IntStream.range(0, 20).mapToObj(_ -> send(merchant, 1).getBulkId()).toList();
      Await.until("all webhooks", () -> receiver.received().size() == jobs.size());

      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(20);
      assertThat(receiver.received()).extracting(Received::id).doesNotHaveDuplicates();
      Await.until(
          "the dead one's first failure",
          () ->
              deliveries(merchant, dead).stream()
                  .anyMatch(delivery -> delivery.getAttemptsCount() > 0));
      assertThat(
              deliveries(merchant, dead).stream()
                  .flatMap(delivery -> delivery.getAttemptsList().stream()))
          .extracting(attempt -> attempt.getFailure())
          .containsOnly(WebhookFailure.WEBHOOK_FAILURE_TIMED_OUT);
    }
  }

  /// Its receiver fails the first time that it is told of anything.
  @Test
  void tellsTheEventsOfAJobInTheirOrderHoweverOftenItFails() throws Exception {
    Set<String> known = ConcurrentHashMap.newKeySet();
    try (Merchant merchant = merchant();
        WebhookReceiver receiver =
            WebhookReceiver.answering(one -> known.add(one.id()) ? 500 : 200)) {
      endpoint(merchant, receiver.url(), "bulk.started", "bulk.completed");

      // fewer than open its circuit
      List<BulkJob> jobs = IntStream.range(0, 4).mapToObj(_ -> send(merchant, 2)).toList();
      Await.until("all ends", () -> receiver.received("bulk.completed").size() == 2 * jobs.size());

      for (BulkJob job : jobs) {
        assertThat(
                receiver.received().stream()
                    .map(Received::body)
                    .filter(body -> body.contains(job.getBulkId())))
            .satisfiesExactly(
                first -> assertThat(first).contains("bulk.started"),
                again -> assertThat(again).contains("bulk.started"),
                next -> assertThat(next).contains("bulk.completed"),
                last -> assertThat(last).contains("bulk.completed"));
      }
    }
  }

  @Test
  void switchesAnEndpointOffThatIsGoneAndTellsOfIt() throws Exception {
    AtomicInteger status = new AtomicInteger(410);
    try (Merchant merchant = merchant();
        WebhookReceiver gone = WebhookReceiver.answering(_ -> status.get());
        WebhookReceiver other = WebhookReceiver.willing()) {
      CreateWebhookEndpointResponse made = endpoint(merchant, gone.url(), "bulk.completed");
      endpoint(merchant, other.url(), "webhook.disabled");

      send(merchant, 1);
      Await.until("the news", () -> !other.received().isEmpty());

      WebhookEndpoint off = get(merchant, made);
      assertThat(off.getEnabled()).isFalse();
      assertThat(off.getDisabledReason())
          .isEqualTo(WebhookDisabledReason.WEBHOOK_DISABLED_REASON_GONE);
      assertThat(other.received().getFirst().body()).contains(id(made), "\"reason\":\"gone\"");

      status.set(200);
      send(merchant, 1);
      webhooks(merchant)
          .updateWebhookEndpoint(
              UpdateWebhookEndpointRequest.newBuilder()
                  .setWebhookEndpoint(
                      WebhookEndpoint.newBuilder()
                          .setEndpointId(id(made))
                          .setEtag(off.getEtag())
                          .setEnabled(true))
                  .build());
      assertThat(get(merchant, made).getDisabledReason())
          .isEqualTo(WebhookDisabledReason.WEBHOOK_DISABLED_REASON_UNSPECIFIED);
      Received again = test(merchant, made, gone);
      assertThat(again.body()).contains("webhook.test", id(made));
    }
  }

  @Test
  void sendsNothingInsideAndKeepsNoSuchEndpoint() {
    try (Merchant merchant = merchant()) {
      for (String url :
          List.of(
              "http://127.0.0.2/",
              "http://[::1]/",
              "http://169.254.169.254/latest/meta-data/",
              "http://2130706433/",
              "http://0x7f000001/",
              "http://10.0.0.1/",
              "ftp://example.org/",
              "https://user:secret@example.org/")) {
        assertThatThrownBy(() -> endpoint(merchant, url))
            .as(url)
            .isInstanceOfSatisfying(
                StatusRuntimeException.class,
                refused ->
                    assertThat(refused.getStatus().getCode())
                        .isEqualTo(Status.Code.INVALID_ARGUMENT));
      }
    }
  }

  @Test
  void showsASecretOnceAndChangesAndForgetsEndpoints() {
    try (Merchant merchant = merchant()) {
      CreateWebhookEndpointRequest request =
          CreateWebhookEndpointRequest.newBuilder()
              .setRequestId("once")
              .setWebhookEndpoint(
                  WebhookEndpoint.newBuilder()
                      .setUrl("https://example.org/")
                      .setDescription("mine"))
              .build();
      CreateWebhookEndpointResponse first = webhooks(merchant).createWebhookEndpoint(request);
      CreateWebhookEndpointResponse again = webhooks(merchant).createWebhookEndpoint(request);
      WebhookEndpoint changed =
          webhooks(merchant)
              .updateWebhookEndpoint(
                  UpdateWebhookEndpointRequest.newBuilder()
                      .setWebhookEndpoint(
                          WebhookEndpoint.newBuilder()
                              .setEndpointId(id(first))
                              .addEventTypes("bulk.failed")
                              .setDescription(""))
                      .setUpdateMask(
                          com.google.protobuf.FieldMask.newBuilder()
                              .addPaths("event_types")
                              .addPaths("description"))
                      .build())
              .getWebhookEndpoint();

      assertThat(first.getSecret()).startsWith("whsec_");
      assertThat(again.getSecret()).isEmpty();
      assertThat(again.getWebhookEndpoint()).isEqualTo(first.getWebhookEndpoint());
      assertThat(changed.getEventTypesList()).containsExactly("bulk.failed");
      assertThat(changed.getDescription()).isEmpty();
      assertThat(changed.getUrl()).isEqualTo("https://example.org/");

      webhooks(merchant)
          .deleteWebhookEndpoint(
              DeleteWebhookEndpointRequest.newBuilder().setEndpointId(id(first)).build());
      assertThatThrownBy(() -> get(merchant, first))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused ->
                  assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }
  }

  @Test
  void keepsNoMoreEndpointsThanAllowed() {
    try (Merchant merchant = merchant()) {
      for (int i = 0; i < 20; i++) {
        endpoint(merchant, "https://example.org/" + i);
      }
      assertThatThrownBy(() -> endpoint(merchant, "https://example.org/more"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused ->
                  assertThat(refused.getStatus().getCode())
                      .isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
    }
  }

  @Test
  void letsOnlyAdministratorsMakeEndpoints() {
    var user =
        WebhookServiceGrpc.newBlockingStub(carillon.client().channel())
            .withInterceptors(
                MetadataUtils.newAttachHeadersInterceptor(carillon.client().credential()));

    assertThatThrownBy(() -> user.createWebhookEndpoint(request("https://example.org/")))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused ->
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
    assertThat(
            EventServiceGrpc.newBlockingStub(carillon.client().channel())
                .withInterceptors(
                    MetadataUtils.newAttachHeadersInterceptor(carillon.client().credential()))
                .listEvents(ListEventsRequest.getDefaultInstance())
                .getCursor())
        .isNotEmpty();
  }

  private static Merchant merchant() {
    Merchant merchant = Merchant.of(operator, carillon.port(), "webhooks");
    return merchant;
  }

  private static BulkJob send(Merchant merchant, int recipients) {
    return merchant.client().create(Client.anSmsJobTo(recipients));
  }

  private static CreateWebhookEndpointRequest request(String url, String... types) {
    return CreateWebhookEndpointRequest.newBuilder()
        .setWebhookEndpoint(
            WebhookEndpoint.newBuilder().setUrl(url).addAllEventTypes(List.of(types)))
        .build();
  }

  private static CreateWebhookEndpointResponse endpoint(
      Merchant merchant, String url, String... types) {
    return webhooks(merchant).createWebhookEndpoint(request(url, types));
  }

  private static Received test(
      Merchant merchant, CreateWebhookEndpointResponse made, WebhookReceiver receiver) {
    String event =
        webhooks(merchant)
            .testWebhookEndpoint(
                TestWebhookEndpointRequest.newBuilder().setEndpointId(id(made)).build())
            .getEventId();
    Await.until(
        "the test", () -> receiver.received().stream().anyMatch(one -> one.id().equals(event)));
    return receiver.received().stream()
        .filter(one -> one.id().equals(event))
        .findFirst()
        .orElseThrow();
  }

  private static WebhookEndpoint get(Merchant merchant, CreateWebhookEndpointResponse made) {
    return webhooks(merchant)
        .getWebhookEndpoint(GetWebhookEndpointRequest.newBuilder().setEndpointId(id(made)).build())
        .getWebhookEndpoint();
  }

  private static WebhookDeliveryState state(Merchant merchant, CreateWebhookEndpointResponse made) {
    return deliveries(merchant, made).getFirst().getState();
  }

  private static List<WebhookDelivery> deliveries(
      Merchant merchant, CreateWebhookEndpointResponse made) {
    return webhooks(merchant)
        .listWebhookDeliveries(
            ListWebhookDeliveriesRequest.newBuilder().setEndpointId(id(made)).build())
        .getDeliveriesList();
  }

  private static String id(CreateWebhookEndpointResponse made) {
    return made.getWebhookEndpoint().getEndpointId();
  }

  private static WebhookServiceBlockingStub webhooks(Merchant merchant) {
    return Webhooks.of(merchant.client());
  }

  private static HttpHeaders headers(Received received) {
    return HttpHeaders.of(
        received.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
        (_, _) -> true);
  }
}
