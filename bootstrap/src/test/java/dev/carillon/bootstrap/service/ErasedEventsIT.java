package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.service.WebhookReceiver.Received;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.Channel;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateRecipientRequest;
import dev.carillon.v1.CreateWebhookEndpointRequest;
import dev.carillon.v1.DeleteRecipientRequest;
import dev.carillon.v1.EraseAddressRequest;
import dev.carillon.v1.Erasure;
import dev.carillon.v1.Event;
import dev.carillon.v1.GetErasureRequest;
import dev.carillon.v1.ListEventsRequest;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.ListWebhookDeliveriesRequest;
import dev.carillon.v1.Message;
import dev.carillon.v1.PersonalContent;
import dev.carillon.v1.Recipient;
import dev.carillon.v1.RecipientServiceGrpc;
import dev.carillon.v1.RedeliverEventRequest;
import dev.carillon.v1.SearchMessagesRequest;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.WebhookDelivery;
import dev.carillon.v1.WebhookEndpoint;
import io.grpc.stub.MetadataUtils;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who is forgotten is forgotten by all that tells of messages, too, and nowhere in the database.
@Timeout(180)
class ErasedEventsIT {
  private static final String ANN = "+263771611111";
  private static final String BEN = "+263771622222";
  private static final String OF_ANN = "order-of-ann";
  private static final String OF_BEN = "order-of-ben";
  private static final String NAME = "Annabelinda";
  private static final String DELIVERED = "message.delivered";
  private static final String CANCELLED = "message.cancelled";

  /// Tables that the database itself, and the migrations, keep.
  private static final String TABLES =
      """
      SELECT c.oid::regclass::text FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      """;

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

  @Test
  void tellsNothingMoreOfAnErasedAddress() throws Exception {
    try (Merchant merchant = Merchant.of(operator, service.port(), "erased");
        WebhookReceiver receiver = WebhookReceiver.echoing()) {
      String endpoint = hear(merchant, receiver);
      BulkJob past = merchant.client().create(toBoth());
      BulkJob waiting = merchant.client().create(toBoth().setSendTime(inAnHour()));
      Await.until("what was delivered", () -> receiver.received(DELIVERED).size() == 2);
      Await.until("the ends", () -> done(merchant, endpoint) == 2);
      assertThat(events(merchant).toString()).contains(OF_ANN, OF_BEN);
      assertThat(tablesWith(OF_ANN)).isNotEmpty();
      assertThat(tablesWith(ANN)).isNotEmpty();
      assertThat(tablesWith(NAME)).isNotEmpty();

      awaitEnd(
          merchant,
          recipients(merchant)
              .eraseAddress(
                  EraseAddressRequest.newBuilder()
                      .setChannel(Channel.CHANNEL_SMS)
                      .setAddress(ANN)
                      .setRequestId("forget-ann")
                      .build())
              .getErasure());
      Await.until("what was cancelled", () -> receiver.received(CANCELLED).size() == 1);
      String told = eventOf(merchant, past, DELIVERED);
      redeliver(merchant, endpoint, told);
      Await.until("once more", () -> receiver.received(DELIVERED).size() == 3);
      Await.until("all ends", () -> done(merchant, endpoint) == 3);

      Received again = receiver.received(DELIVERED).getLast();
      assertThat(again.id()).isEqualTo(told);
      assertThat(again.body()).contains(past.getBulkId() + "-0").doesNotContain("client_ref");
      assertThat(receiver.received(CANCELLED).getFirst().body())
          .contains(waiting.getBulkId() + "-0")
          .doesNotContain("client_ref");
      List<Event> events = events(merchant);
      assertForgotten(events.toString());
      assertThat(events.toString()).contains(OF_BEN);
      assertForgotten(deliveries(merchant, endpoint).toString());
      assertThat(found(merchant, SearchMessagesRequest.newBuilder().setAddress(ANN))).isEmpty();
      assertThat(found(merchant, SearchMessagesRequest.newBuilder().setClientRef(OF_ANN)))
          .isEmpty();
      assertThat(found(merchant, SearchMessagesRequest.newBuilder().setClientRef(OF_BEN)))
          .hasSize(2);
      assertThat(withReference(merchant, past, OF_ANN)).isEmpty();
      assertThat(withReference(merchant, past, OF_BEN)).hasSize(1);
      assertForgotten(merchant.client().allMessages(past.getBulkId()).toString());
      assertThat(tablesWith(OF_ANN)).isEmpty();
      assertThat(tablesWith(ANN)).isEmpty();
      assertThat(tablesWith(NAME)).isEmpty();
      assertThat(tablesWith(OF_BEN)).isNotEmpty();
    }
  }

  @Test
  void tellsNothingMoreOfADeletedRecipient() throws Exception {
    String number = "+263771633333";
    String name = "Zoroastria";
    try (Merchant merchant = Merchant.of(operator, service.port(), "deleted");
        WebhookReceiver receiver = WebhookReceiver.echoing()) {
      String endpoint = hear(merchant, receiver);
      long id =
          recipients(merchant)
              .createRecipient(
                  CreateRecipientRequest.newBuilder()
                      .setRecipient(
                          Recipient.newBuilder()
                              .setFirstName(name)
                              .setLastName("Forgettable")
                              .setSmsPhone(number))
                      .setRequestId("make")
                      .build())
              .getRecipient()
              .getId();
      BulkJob job =
          merchant
              .client()
              .create(
                  CreateBulkJobRequest.newBuilder()
                      .setSms(SmsContent.newBuilder().setText("Hello {{first_name}}"))
                      .addMessageEvents(DELIVERED)
                      .setRequestId("send")
                      .addRecipientIds(id));
      Await.until("what was delivered", () -> receiver.received(DELIVERED).size() == 1);
      assertThat(tablesWith(number)).isNotEmpty();
      assertThat(tablesWith(name)).isNotEmpty();

      awaitEnd(
          merchant,
          recipients(merchant)
              .deleteRecipient(
                  DeleteRecipientRequest.newBuilder().setId(id).setRequestId("forget").build())
              .getErasure());
      redeliver(merchant, endpoint, eventOf(merchant, job, DELIVERED));
      Await.until("once more", () -> receiver.received(DELIVERED).size() == 2);

      assertThat(receiver.received().toString()).doesNotContain(number, name);
      assertThat(deliveries(merchant, endpoint).toString()).doesNotContain(number, name);
      assertThat(found(merchant, SearchMessagesRequest.newBuilder().setAddress(number))).isEmpty();
      assertThat(tablesWith(number)).isEmpty();
      assertThat(tablesWith(name)).isEmpty();
    }
  }

  private static void assertForgotten(String told) {
    assertThat(told).doesNotContain(OF_ANN).doesNotContain(ANN).doesNotContain(NAME);
  }

  private static CreateBulkJobRequest.Builder toBoth() {
    return CreateBulkJobRequest.newBuilder()
        .setSms(SmsContent.newBuilder().setText("Hello"))
        .addMessageEvents(DELIVERED)
        .addMessageEvents(CANCELLED)
        .addEntries(
            BulkJobEntry.newBuilder()
                .setTo(ANN)
                .setClientRef(OF_ANN)
                .setContent(PersonalContent.newBuilder().setText("Dear " + NAME)))
        .addEntries(BulkJobEntry.newBuilder().setTo(BEN).setClientRef(OF_BEN));
  }

  private static com.google.protobuf.Timestamp inAnHour() {
    return Timestamps.fromMillis(Instant.now().plusSeconds(3_600).toEpochMilli());
  }

  private static String hear(Merchant merchant, WebhookReceiver receiver) {
    return Webhooks.of(merchant.client())
        .createWebhookEndpoint(
            CreateWebhookEndpointRequest.newBuilder()
                .setWebhookEndpoint(
                    WebhookEndpoint.newBuilder()
                        .setUrl(receiver.url())
                        .addEventTypes(DELIVERED)
                        .addEventTypes(CANCELLED))
                .build())
        .getWebhookEndpoint()
        .getEndpointId();
  }

  private static void redeliver(Merchant merchant, String endpoint, String event) {
    var _ =
        Webhooks.of(merchant.client())
            .redeliverEvent(
                RedeliverEventRequest.newBuilder()
                    .setEndpointId(endpoint)
                    .setEventId(event)
                    .build());
  }

  /// The id of what was told of a job's first message.
  private static String eventOf(Merchant merchant, BulkJob job, String type) {
    return events(merchant).stream()
        .filter(event -> event.getType().equals(type))
        .filter(event -> event.getMessage().getMessageId().equals(job.getBulkId() + "-0"))
        .findFirst()
        .orElseThrow()
        .getEventId();
  }

  private static List<Event> events(Merchant merchant) {
    return Webhooks.events(merchant.client())
        .listEvents(ListEventsRequest.newBuilder().setPageSize(1_000).build())
        .getEventsList();
  }

  /// How many deliveries have an attempt that was noted.
  private static long done(Merchant merchant, String endpoint) {
    return deliveries(merchant, endpoint).stream()
        .filter(delivery -> delivery.getAttemptsCount() > 0)
        .count();
  }

  private static List<WebhookDelivery> deliveries(Merchant merchant, String endpoint) {
    return Webhooks.of(merchant.client())
        .listWebhookDeliveries(
            ListWebhookDeliveriesRequest.newBuilder().setEndpointId(endpoint).build())
        .getDeliveriesList();
  }

  private static List<Message> found(Merchant merchant, SearchMessagesRequest.Builder search) {
    return merchant.client().messages().searchMessages(search.build()).getMessagesList();
  }

  private static List<Message> withReference(Merchant merchant, BulkJob job, String reference) {
    return merchant
        .client()
        .messages()
        .listMessages(
            ListMessagesRequest.newBuilder()
                .setBulkId(job.getBulkId())
                .setClientRef(reference)
                .build())
        .getMessagesList();
  }

  private static RecipientServiceGrpc.RecipientServiceBlockingStub recipients(Merchant merchant) {
    return RecipientServiceGrpc.newBlockingStub(merchant.client().channel())
        .withInterceptors(
            MetadataUtils.newAttachHeadersInterceptor(merchant.client().credential()));
  }

  private static void awaitEnd(Merchant merchant, Erasure asked) {
    GetErasureRequest request = GetErasureRequest.newBuilder().setId(asked.getId()).build();
    Await.until(
        "the end of the erasure",
        () -> recipients(merchant).getErasure(request).getErasure().getDone());
  }

  /// The tables of which a row says this, as text or as bytes.
  private static List<String> tablesWith(String text) throws SQLException {
    String bytes = HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    List<String> found = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      for (String table : column(statement, TABLES)) {
        String rows =
            "SELECT 1 FROM %s AS r WHERE strpos(r::text, '%s') > 0 OR strpos(r::text, '%s') > 0"
                .formatted(table, text, bytes);
        if (!column(statement, rows).isEmpty()) {
          found.add(table);
        }
      }
    }
    return found;
  }

  private static List<String> column(Statement statement, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
