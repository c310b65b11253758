package dev.carillon.bootstrap.tenancy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.carillon.bootstrap.service.Await;
import io.grpc.Channel;
import io.grpc.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// A tenant that gets one of everything.
///
/// @param business its number
record Owner(Channel channel, Connection database, long business) {
  private static final AtomicLong NUMBERS = new AtomicLong(1_000_000);

  /// New ones of everything, with their ids.
  Belongings getOneOfEverything() throws Exception {
    long number = NUMBERS.incrementAndGet();
    String phone = Belongings.phone(number);
    String reference = "owned-" + number;
    String request = "owned-request-" + number;
    String again = " request_id: '" + request + "'";
    String job =
        id(
            "BulkJobService/CreateBulkJob",
            "sms { text: 'Hello' } default_region: 'ZW' send_time { seconds: "
                + (System.currentTimeMillis() / 1_000 + 86_400)
                + " } entries { to: '"
                + phone
                + "' client_ref: '"
                + reference
                + "' }"
                + again,
            "bulk_job.bulk_id");
    String upload =
        id(
            "BulkJobService/CreateBulkJob",
            "sms { text: 'Hello' } default_region: 'ZW' upload: true",
            "bulk_job.bulk_id");
    Message recipient =
        answer(
            "RecipientService/CreateRecipient",
            "recipient { first_name: 'Ann' last_name: 'Own' tags: 'vip' sms_phone: '"
                + phone
                + "' reference: '"
                + reference
                + "' }"
                + again);
    String imported = "import-" + reference;
    answer(
        "RecipientService/ImportRecipients",
        "import_id: '"
            + imported
            + "' sequence: 1 recipients { first_name: 'Bob' last_name: 'Own' sms_phone: '"
            + Belongings.phone(NUMBERS.incrementAndGet())
            + "' }");
    answer(
        "SuppressionService/AddSuppressions",
        "channel: CHANNEL_SMS addresses: '" + phone + "'" + again);
    String endpoint =
        id(
            "WebhookService/CreateWebhookEndpoint",
            "webhook_endpoint { url: 'https://example.org/' }" + again,
            "webhook_endpoint.endpoint_id");
    String event =
        id("WebhookService/TestWebhookEndpoint", "endpoint_id: '" + endpoint + "'", "event_id");
    Await.until("its event", () -> isTold(event));
    return new Belongings(
        Map.ofEntries(
            Map.entry("endpoint", endpoint),
            Map.entry("event", event),
            Map.entry("job", job),
            Map.entry("message", job + "-0"),
            Map.entry("upload", upload),
            Map.entry("recipient", field(recipient, "recipient.id")),
            Map.entry("public", field(recipient, "recipient.public_id")),
            Map.entry(
                "group",
                id(
                    "RecipientGroupService/CreateRecipientGroup",
                    "recipient_group { name: '" + reference + "' }" + again,
                    "recipient_group.id")),
            Map.entry(
                "template",
                id(
                    "TemplateService/CreateTemplate",
                    "template { name: '"
                        + reference
                        + "' channel: CHANNEL_SMS sms { text: 'Hi' } }"
                        + again,
                    "template.template_id")),
            Map.entry(
                "erasure",
                id(
                    "RecipientService/EraseAddress",
                    "channel: CHANNEL_SMS address: '"
                        + Belongings.phone(NUMBERS.incrementAndGet())
                        + "'",
                    "erasure.id")),
            Map.entry("import", imported),
            Map.entry("request", request),
            Map.entry("reference", reference),
            Map.entry("phone", phone),
            Map.entry("business", Long.toString(business)),
            Map.entry("key", key()),
            Map.entry("price", Long.toString(price()))));
  }

  private String id(String method, String request, String path) throws Exception {
    return field(answer(method, request), path);
  }

  private Message answer(String method, String request) throws Exception {
    String service = "carillon.v1." + method.substring(0, method.indexOf('/'));
    AnyCall call =
        AnyCall.ofService(service).stream()
            .filter(any -> any.name().equals("carillon.v1." + method))
            .findFirst()
            .orElseThrow();
    Outcome outcome = call.with(channel, request);
    if (outcome.code() != Status.Code.OK) {
      throw new AssertionError(method + " of the owner itself: " + outcome);
    }
    return outcome.answers().getFirst();
  }

  private static String field(Message message, String path) {
    Object value = message;
    for (String name : path.split("\\.", -1)) {
      Message of = (Message) value;
      FieldDescriptor field = of.getDescriptorForType().findFieldByName(name);
      value = of.getField(field);
    }
    return value.toString();
  }

  /// Events are found as soon as they have their number.
  private boolean isTold(String event) {
    try (PreparedStatement statement =
        database.prepareStatement("SELECT FROM event WHERE event_id = ?::uuid")) {
      statement.setString(1, event);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  private String key() throws SQLException {
    String id = "key_" + UUID.randomUUID();
    Keys.insert(database, id, business, "TEST", "sk_test_" + id + "_is");
    return id;
  }

  private long price() throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            """
            INSERT INTO price (business_id, environment, channel, country, prefix, unit, currency, micros, valid_from,
              created_by, created_at)
            VALUES (?, 'TEST', 'SMS', '', '+' || 1000000 + ?, 1, 'USD', 0, now(), 'test', now()) RETURNING id
            """)) {
      statement.setLong(1, business);
      statement.setLong(2, NUMBERS.incrementAndGet());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
