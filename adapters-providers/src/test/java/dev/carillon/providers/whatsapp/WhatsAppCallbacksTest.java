package dev.carillon.providers.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.callback.CallbackAnswer;
import dev.carillon.providers.callback.CallbackRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppCallbacksTest {
  private static final CarrierId ID = new CarrierId("whatsapp");
  private static final String WAMID = "wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI1RjQyNUE3NEYxMzAzMzQ5MkEA";
  private static final Instant SAID = Instant.ofEpochSecond(1_750_030_073);

  private final WhatsAppCallbacks callbacks = callbacks(false);

  @ParameterizedTest
  @CsvSource({
    "sent, SENT",
    "delivered, DELIVERED",
    "read, READ",
    "played, READ",
    "failed, UNDELIVERED",
  })
  void tellsWhatBecameOfTheMessageThatMetaEchoes(String status, ReceiptKind kind) {
    Receipt receipt = receipt(onlyNotice(status(status, "7.0.3", "")));

    assertThat(receipt.ref()).isEqualTo(Fixtures.ref(3));
    assertThat(receipt.kind()).isEqualTo(kind);
    assertThat(receipt.carrier()).isEqualTo(ID);
    assertThat(receipt.carrierMessageId()).isEqualTo(WAMID);
    assertThat(receipt.at()).isEqualTo(SAID);
  }

  @ParameterizedTest
  @CsvSource({
    "131026, DESTINATION_UNREACHABLE, 131026 undeliverable",
    "131047, CONTENT_REFUSED, 131047 24 hours over: use a template",
    "131049, THROTTLED, 131049 recipient has had enough marketing",
    "999, NOT_DELIVERED, 999",
  })
  void tellsWhyItDidNotArrive(int code, Reason reason, String detail) {
    String errors =
        """
        , "errors": [{"code": %d, "title": "t", "message": "m %s",
                      "error_data": {"details": "d"}}]
        """
            .formatted(code, Fixtures.ADDRESS);
    Receipt receipt = receipt(onlyNotice(status("failed", "7.0.3", errors)));

    assertThat(receipt.reason()).isEqualTo(reason);
    assertThat(receipt.detail()).isEqualTo(detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "something of another app", "7.0"})
  void tellsByMetasOwnIdWhereItEchoesNothingOfOurs(String echoed) {
    Notice notice = onlyNotice(status("delivered", echoed, ""));

    CarrierReceipt receipt = ((Notice.OfCarrierMessage) notice).receipt();
    assertThat(receipt.carrier()).isEqualTo(ID);
    assertThat(receipt.carrierMessageId()).isEqualTo(WAMID);
    assertThat(receipt.address()).isEqualTo(Fixtures.ADDRESS);
    assertThat(receipt.kind()).isEqualTo(ReceiptKind.DELIVERED);
    assertThat(receipt.at()).isEqualTo(SAID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "warning", "", "SENT"})
  void tellsNothingOfAStatusThatItDoesNotKnow(String status) {
    assertThat(told(change(status(status, "7.0.3", ""))).notices()).isEmpty();
  }

  @Test
  void tellsAllOfAWebhookInItsOrder() {
    String body =
        """
        {"object": "whatsapp_business_account", "entry": [
          {"id": "1", "changes": [%s, %s]}, {"id": "2", "changes": [%s]}]}
        """
            .formatted(
                value(status("delivered", "7.0.1", "")),
                value(status("sent", "7.0.1", "")),
                value(status("read", "7.0.2", "")));

    assertThat(told(body).notices())
        .extracting(notice -> receipt(notice).kind())
        .containsExactly(ReceiptKind.DELIVERED, ReceiptKind.SENT, ReceiptKind.READ);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "", "99999999999999999999", "253402300800"})
  void takesItsOwnTimeWhereMetaSaysNone(String timestamp) {
    String status = status("sent", "7.0.3", "").replace("1750030073", timestamp);

    assertThat(receipt(onlyNotice(status)).at()).isEqualTo(Fixtures.NOW);
  }

  @Test
  void isNotGenuineWithoutASignatureOrWithAWrongOne() {
    String body = change(status("sent", "7.0.3", ""));
    String signature = sign("the-app-secret", body);

    assertNotGenuine(webhook(body, null));
    assertNotGenuine(webhook(body, ""));
    assertNotGenuine(webhook(body, "sha256="));
    assertNotGenuine(webhook(body, "sha256=zz"));
    assertNotGenuine(webhook(body, signature.substring(7)));
    assertNotGenuine(webhook(body, signature.substring(0, signature.length() - 2)));
    assertNotGenuine(webhook(body, "sha1=" + signature.substring(7)));
    assertNotGenuine(webhook(body, sign("another-secret", body)));
    assertNotGenuine(webhook(body + " ", signature));
    assertThat(callbacks.answer(webhook(body, signature))).isInstanceOf(CallbackAnswer.Told.class);
    assertThat(callbacks.answer(webhook(body, "sha256=" + upper(signature.substring(7)))))
        .isInstanceOf(CallbackAnswer.Told.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "x=1&y=2"})
  void isUnreadableWhenItIsGenuineAndNoJson(String body) {
    assertThat(callbacks.answer(webhook(body, sign("the-app-secret", body))))
        .isEqualTo(new CallbackAnswer.Unreadable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"entry\": 1}",
        "{\"entry\": [null, 1, {\"changes\": [null, {\"value\": []}]}]}",
        "{\"entry\": [{\"changes\": [{\"value\": {\"statuses\": [{}, 1, null]}}]}]}",
        "{\"entry\": [{\"changes\": [{\"value\": {\"messages\": [{\"text\": 1}]}}]}]}",
      })
  void tellsNothingOfWhatIsNotThere(String body) {
    assertThat(told(body).notices()).isEmpty();
  }

  @Test
  void standsWhateverMetaSends() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] known = Fixtures.octets(change(status("failed", "7.0.3", ", \"errors\": [{}]")));
    for (int i = 0; i < 3_000; i++) {
      byte[] octets = known.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(128);
      }
      String body = new String(octets, StandardCharsets.UTF_8);
      assertThat(callbacks.answer(webhook(body, sign("the-app-secret", body))))
          .as("seed %d", seed)
          .isNotInstanceOf(CallbackAnswer.NotGenuine.class);
    }
  }

  @Test
  void shakesHandsWithWhoKnowsTheToken() {
    assertThat(callbacks.answer(handshake("subscribe", "the-verify-token", "1158201444")))
        .isEqualTo(new CallbackAnswer.Answered(200, "text/plain", "1158201444"));
  }

  @Test
  void shakesHandsWithNobodyElse() {
    assertNotGenuine(handshake("subscribe", "another-token", "1"));
    assertNotGenuine(handshake("subscribe", "", "1"));
    assertNotGenuine(handshake("unsubscribe", "the-verify-token", "1"));
    assertNotGenuine(handshake("subscribe", "the-verify-token", "1".repeat(257)));
    assertNotGenuine(new CallbackRequest("GET", "u", "", Map.of(), Map.of(), new byte[0]));
    assertNotGenuine(new CallbackRequest("PUT", "u", "", Map.of(), Map.of(), new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"type\": \"text\", \"text\": {\"body\": \"Stop\"}",
        "\"type\": \"button\", \"button\": {\"payload\": \"p\", \"text\": \"STOP\"}",
      })
  void whoWritesAStopWordOptsOut(String words) {
    OptOut.OfAddress optOut = optOut(told(message(words, Fixtures.NUMBER)));

    assertThat(optOut.address()).isEqualTo(Fixtures.ADDRESS);
    assertThat(optOut.channel()).isEqualTo(Channel.WHATSAPP);
    assertThat(optOut.cause()).isEqualTo(SuppressionCause.STOP);
    assertThat(optOut.sender()).isEmpty();
    assertThat(optOut.at()).isEqualTo(SAID);
  }

  @Test
  void namesTheSenderInEachWayInWhichJobsDo() {
    String words = "\"text\": {\"body\": \"stop\"}";

    assertThat(told(message(words, Fixtures.OTHER_NUMBER)).notices())
        .extracting(it -> ((OptOut.OfAddress) ((Notice.OfOptOut) it).optOut()).sender())
        .containsExactlyInAnyOrder(Fixtures.OTHER_SENDER, Fixtures.OTHER_NUMBER);
    assertThat(optOut(told(message(words, "unknown"))).sender()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"text\": {\"body\": \"please stop calling\"}",
        "\"image\": {\"caption\": \"STOP\"}",
        "\"text\": \"STOP\"",
      })
  void whoWritesAnythingElseDoesNot(String words) {
    assertThat(told(message(words, Fixtures.NUMBER)).notices()).isEmpty();
  }

  @Test
  void leavesAStopOfMarketingToMetaUnlessItIsToCount() {
    String stopped = preference("stop");

    assertThat(told(stopped).notices()).isEmpty();
    CallbackAnswer counted = callbacks(true).answer(signed(stopped));
    OptOut.OfAddress optOut = optOut((CallbackAnswer.Told) counted);
    assertThat(optOut.cause()).isEqualTo(SuppressionCause.UNSUBSCRIBE);
    assertThat(optOut.address()).isEqualTo(Fixtures.ADDRESS);
    CallbackAnswer resumed = callbacks(true).answer(signed(preference("resume")));
    assertThat(((CallbackAnswer.Told) resumed).notices()).isEmpty();
  }

  private static WhatsAppCallbacks callbacks(boolean marketingStops) {
    return new WhatsAppCallbacks(
        ID,
        Fixtures.config(URI.create("https://graph.facebook.com"), Fixtures.KEYS, marketingStops),
        Fixtures.CLOCK);
  }

  private Notice onlyNotice(String status) {
    List<Notice> notices = told(change(status)).notices();
    assertThat(notices).hasSize(1);
    return notices.getFirst();
  }

  private static Receipt receipt(Notice notice) {
    return ((Notice.OfMessage) notice).receipt();
  }

  private static OptOut.OfAddress optOut(CallbackAnswer.Told told) {
    assertThat(told.notices()).hasSize(1);
    return (OptOut.OfAddress) ((Notice.OfOptOut) told.notices().getFirst()).optOut();
  }

  private CallbackAnswer.Told told(String body) {
    return (CallbackAnswer.Told) callbacks.answer(signed(body));
  }

  private void assertNotGenuine(CallbackRequest request) {
    assertThat(callbacks.answer(request)).isEqualTo(new CallbackAnswer.NotGenuine());
  }

  private static CallbackRequest signed(String body) {
    return webhook(body, sign("the-app-secret", body));
  }

  private static CallbackRequest webhook(String body, @Nullable String signature) {
    return new CallbackRequest(
        "POST",
        "https://bells.example.org/callbacks/whatsapp",
        "",
        Map.of(),
        signature == null ? Map.of() : Map.of("x-hub-signature-256", List.of(signature)),
        Fixtures.octets(body));
  }

  private static CallbackRequest handshake(String mode, String token, String challenge) {
    Map<String, List<String>> query = new HashMap<>();
    query.put("hub.mode", List.of(mode));
    query.put("hub.verify_token", List.of(token));
    query.put("hub.challenge", List.of(challenge));
    return new CallbackRequest("GET", "u", "", query, Map.of(), new byte[0]);
  }

  private static String status(String status, String echoed, String more) {
    return """
    "statuses": [{"id": "%s", "status": "%s", "timestamp": "1750030073",
      "recipient_id": "263771234567", "biz_opaque_callback_data": "%s",
      "pricing": {"billable": true}%s}]
    """
        .formatted(WAMID, status, echoed, more);
  }

  private static String message(String words, String number) {
    return change(
        """
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": "%s"},
        "messages": [{"from": "263771234567", "id": "wamid.x", "timestamp": "1750030073", %s}]
        """
            .formatted(number, words));
  }

  private static String preference(String value) {
    return change(
        """
        "user_preferences": [{"wa_id": "263771234567", "detail": "d",
          "category": "marketing_messages", "value": "%s", "timestamp": "1750030073"}]
        """
            .formatted(value));
  }

  private static String change(String... values) {
    return """
    {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [%s]}]}
    """
        .formatted(
            Arrays.stream(values)
                .map(WhatsAppCallbacksTest::value)
                .collect(Collectors.joining(", ")));
  }

  private static String value(String of) {
    return "{\"field\": \"messages\", \"value\": {\"messaging_product\": \"whatsapp\", "
        + of
        + "}}";
  }

  private static String upper(String hex) {
    return hex.toUpperCase(Locale.ROOT);
  }

  private static String sign(String secret, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Fixtures.octets(secret), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(Fixtures.octets(body)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
