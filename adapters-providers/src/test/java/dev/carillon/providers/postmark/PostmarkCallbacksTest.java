package dev.carillon.providers.postmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.callback.CallbackAnswer;
import dev.carillon.providers.callback.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls are the examples of Postmark's documentation
/// (<https://postmarkapp.com/developer/webhooks/webhooks-overview>) with our reference among the
/// metadata.
class PostmarkCallbacksTest {
  private static final String ID = "883953f4-6105-42a2-a16a-77a8eac79483";
  private static final Instant AT = Instant.parse("2019-11-05T16:33:54.907025900Z");

  private static final String DELIVERY =
      """
      {"RecordType": "Delivery", "ServerID": 23, "MessageStream": "outbound",
       "MessageID": "%s", "Recipient": "john@example.com", "Tag": "welcome-email",
       "DeliveredAt": "2019-11-05T16:33:54.9070259Z", "Details": "Test delivery webhook details",
       "Metadata": {"carillon-ref": "7.0.3", "a_key": "a_value"}}\
      """
          .formatted(ID);

  private static final String OPEN =
      """
      {"RecordType": "Open", "MessageStream": "outbound", "FirstOpen": true, "Client": {},
       "MessageID": "%s", "ReceivedAt": "2019-11-05T16:33:54.9070259Z", "Tag": "welcome-email",
       "Recipient": "john@example.com", "Metadata": {"carillon-ref": "7.0.3"}}\
      """
          .formatted(ID);

  private static final String SPAM_COMPLAINT =
      """
      {"RecordType": "SpamComplaint", "MessageStream": "outbound", "ID": 42,
       "Type": "SpamComplaint", "TypeCode": 512, "Name": "Spam complaint", "MessageID": "%s",
       "ServerID": 23, "Description": "", "Details": "Test spam complaint details",
       "Email": "john@example.com", "From": "sender@example.com",
       "BouncedAt": "2019-11-05T16:33:54.9070259Z", "Metadata": {"carillon-ref": "7.0.3"}}\
      """
          .formatted(ID);

  private final PostmarkCallbacks callbacks = callbacks(Fixtures.WEBHOOK);

  @Test
  void readsThatAMailArrived() {
    assertThat(told(DELIVERY)).containsExactly(receipt(ReceiptKind.DELIVERED, null, ""));
  }

  @Test
  void readsThatAMailWasOpened() {
    assertThat(told(OPEN)).containsExactly(receipt(ReceiptKind.READ, null, ""));
  }

  @Test
  void readsAHardBounce() {
    assertThat(told(bounce("HardBounce")))
        .containsExactly(
            receipt(ReceiptKind.UNDELIVERED, Reason.UNKNOWN_DESTINATION, "HardBounce hard bounce"),
            optOut(SuppressionCause.HARD_BOUNCE, "HardBounce hard bounce"));
  }

  @ParameterizedTest
  @CsvSource({
    "SoftBounce, DESTINATION_UNREACHABLE",
    "DnsError, DESTINATION_UNREACHABLE",
    "SpamNotification, CONTENT_REFUSED",
    "Blocked, CONTENT_REFUSED",
    "DMARCPolicy, NOT_DELIVERED",
    "Unknown, NOT_DELIVERED",
    "SomethingNew, NOT_DELIVERED",
    "406, NOT_DELIVERED"
  })
  void readsABounceThatSuppressesNobody(String type, Reason reason) {
    List<Notice> notices = told(bounce(type));

    assertThat(notices).hasSize(1);
    Receipt receipt = ((Notice.OfMessage) notices.getFirst()).receipt();
    assertThat(receipt.kind()).isEqualTo(ReceiptKind.UNDELIVERED);
    assertThat(receipt.reason()).isEqualTo(reason);
    assertThat(receipt.detail()).doesNotContain("SomethingNew", "john");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transient", "AutoResponder", "Subscribe", "AddressChange"})
  void makesNothingOfWhatIsNoBounce(String type) {
    assertThat(told(bounce(type))).isEmpty();
  }

  @Test
  void readsAComplaint() {
    assertThat(told(SPAM_COMPLAINT))
        .containsExactly(optOut(SuppressionCause.COMPLAINT, "SpamComplaint spam complaint"));
  }

  @Test
  void readsABounceOfABroadcastStream() {
    assertThat(told(change("HardBounce", "Recipient", true, true)))
        .containsExactly(
            receipt(ReceiptKind.UNDELIVERED, Reason.UNKNOWN_DESTINATION, "HardBounce hard bounce"),
            optOut(SuppressionCause.HARD_BOUNCE, "subscription change"));
  }

  @ParameterizedTest
  @CsvSource({
    "SpamComplaint, Recipient, COMPLAINT",
    "ManualSuppression, Recipient, UNSUBSCRIBE",
    "ManualSuppression, Customer, CARRIER_LIST",
    "ManualSuppression, Admin, CARRIER_LIST"
  })
  void readsThatSomebodyWantsNoMore(String reason, String origin, SuppressionCause cause) {
    assertThat(told(change(reason, origin, true, true)))
        .containsExactly(optOut(cause, "subscription change"));
    assertThat(told(change(reason, origin, true, false)))
        .containsExactly(
            new Notice.OfOptOut(
                new OptOut.OfAddress(
                    Fixtures.CARRIER,
                    Channel.EMAIL,
                    "john@example.com",
                    "",
                    cause,
                    "subscription change",
                    AT)));
  }

  @Test
  void suppressesNobodyWhoMayBeWrittenToAgain() {
    assertThat(told(change("ManualSuppression", "Recipient", false, true))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"RecordType\": \"Click\", \"Metadata\": {\"carillon-ref\": \"7.0.3\"}}",
        "{\"RecordType\": \"Delivery\"}",
        "{\"RecordType\": \"Delivery\", \"Metadata\": {}}",
        "{\"RecordType\": \"Delivery\", \"Metadata\": {\"carillon-ref\": \"nonsense\"}}",
        "{\"RecordType\": \"Delivery\", \"Metadata\": \"7.0.3\"}",
        "{\"RecordType\": \"Bounce\", \"Type\": \"HardBounce\", \"Metadata\": null}",
        "{\"RecordType\": 5}"
      })
  void makesNothingOfWhatIsNotOurs(String body) {
    assertThat(told(body)).isEmpty();
  }

  @Test
  void putsNothingIntoTheFuture() {
    String late = DELIVERY.replace("2019-11-05T16:33:54.9070259Z", "2126-01-01T00:00:00Z");
    String unreadable = DELIVERY.replace("2019-11-05T16:33:54.9070259Z", "yesterday");

    for (String body : List.of(late, unreadable)) {
      assertThat(((Notice.OfMessage) told(body).getFirst()).receipt().at()).isEqualTo(Fixtures.NOW);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null", "17", "<xml/>", "{\"a\": \"\\ud800\""})
  void cannotReadWhatIsNoObject(String body) {
    assertThat(callbacks.answer(call(body, genuine()))).isEqualTo(new CallbackAnswer.Unreadable());
  }

  @Test
  void takesOnlyPosts() {
    assertThat(
            callbacks.answer(new CallbackRequest("GET", "", "", Map.of(), genuine(), new byte[0])))
        .isEqualTo(new CallbackAnswer.Unreadable());
  }

  @Test
  void believesNobodyWhoDoesNotShowBoth() {
    Map<String, List<String>> wrongPassword = genuine();
    wrongPassword.put("authorization", List.of(basic("postmark", "another")));
    Map<String, List<String>> wrongHeader = genuine();
    wrongHeader.put("x-house", List.of("another"));
    Map<String, List<String>> noHeader = genuine();
    noHeader.remove("x-house");
    Map<String, List<String>> noLogin = genuine();
    noLogin.remove("authorization");

    for (Map<String, List<String>> headers :
        List.of(wrongPassword, wrongHeader, noHeader, noLogin, Map.<String, List<String>>of())) {
      assertThat(callbacks.answer(call(DELIVERY, headers)))
          .isEqualTo(new CallbackAnswer.NotGenuine());
    }
  }

  @Test
  void asksOnlyForWhatItWasGiven() {
    PostmarkCallbacks byLogin =
        callbacks(new PostmarkConfig.Webhook("postmark", "a password", "", ""));
    PostmarkCallbacks byHeader =
        callbacks(new PostmarkConfig.Webhook("", "", "X-House", "a header secret"));
    PostmarkCallbacks byNothing = callbacks(new PostmarkConfig.Webhook("", "", "", ""));

    assertThat(
            byLogin.answer(
                call(DELIVERY, Map.of("authorization", List.of(basic("postmark", "a password"))))))
        .isInstanceOf(CallbackAnswer.Told.class);
    assertThat(byHeader.answer(call(DELIVERY, Map.of("x-house", List.of("a header secret")))))
        .isInstanceOf(CallbackAnswer.Told.class);
    assertThat(byNothing.answer(call(DELIVERY, genuine())))
        .isEqualTo(new CallbackAnswer.NotGenuine());
  }

  @Test
  void neverThrowsOnWhateverComes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = bounce("HardBounce").getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 3_000; round++) {
      byte[] broken = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(5); i++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      CallbackRequest request = new CallbackRequest("POST", "", "", Map.of(), genuine(), broken);
      assertThat(callbacks.answer(request)).as("seed %d, round %d", seed, round).isNotNull();
    }
  }

  private List<Notice> told(String body) {
    CallbackAnswer answer = callbacks.answer(call(body, genuine()));
    assertThat(answer).isInstanceOf(CallbackAnswer.Told.class);
    return ((CallbackAnswer.Told) answer).notices();
  }

  private static PostmarkCallbacks callbacks(PostmarkConfig.Webhook webhook) {
    return new PostmarkCallbacks(webhook, new PostmarkReceipts(Fixtures.CARRIER), Fixtures.CLOCK);
  }

  private static CallbackRequest call(String body, Map<String, List<String>> headers) {
    return new CallbackRequest(
        "POST", "", "", Map.of(), headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, List<String>> genuine() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("authorization", List.of(basic("postmark", "a password")));
    headers.put("x-house", List.of("a header secret"));
    return headers;
  }

  private static String basic(String user, String password) {
    byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  private static Notice receipt(ReceiptKind kind, @Nullable Reason reason, String detail) {
    return new Notice.OfMessage(
        new Receipt(Fixtures.ref(3), kind, reason, detail, Fixtures.CARRIER, ID, AT));
  }

  private static Notice optOut(SuppressionCause cause, String detail) {
    return new Notice.OfOptOut(
        new OptOut.OfMessage(Fixtures.CARRIER, Fixtures.ref(3), cause, detail, AT));
  }

  private static String bounce(String type) {
    return """
    {"RecordType": "Bounce", "MessageStream": "outbound", "ID": 42, "Type": "%s",
     "TypeCode": 1, "Name": "Hard bounce", "Tag": "Test", "MessageID": "%s",
     "Metadata": {"carillon-ref": "7.0.3"}, "ServerID": 23,
     "Description": "The server was unable to deliver your message.",
     "Details": "Test bounce details", "Email": "john@example.com",
     "From": "sender@example.com", "BouncedAt": "2019-11-05T16:33:54.9070259Z",
     "DumpAvailable": true, "Inactive": true, "CanActivate": true, "Subject": "Test subject",
     "Content": "<Full dump of bounce>"}\
    """
        .formatted(type, ID);
  }

  private static String change(
      String reason, String origin, boolean suppressed, boolean ofAMessage) {
    return """
    {"RecordType": "SubscriptionChange", "MessageID": %s, "ServerID": 123456,
     "MessageStream": "bulk", "ChangedAt": "2019-11-05T16:33:54.9070259Z",
     "Recipient": "john@example.com", "Origin": "%s", "SuppressSending": %s,
     "SuppressionReason": "%s", "Tag": "my-tag", "Metadata": {%s}}\
    """
        .formatted(
            ofAMessage ? "\"" + ID + "\"" : "null",
            origin,
            suppressed,
            reason,
            ofAMessage ? "\"carillon-ref\": \"7.0.3\"" : "");
  }
}
