package dev.carillon.providers.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.callback.CallbackAnswer;
import dev.carillon.providers.callback.CallbackRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioCallbacksTest {
  private static final CarrierId ID = new CarrierId("twilio");
  private static final String URL = Fixtures.CALLBACKS + "?ref=7.0.3";

  private final TwilioCallbacks callbacks =
      new TwilioCallbacks(ID, Fixtures.config(), Fixtures.CLOCK);

  @ParameterizedTest
  @CsvSource({
    "queued, SENT",
    "accepted, SENT",
    "scheduled, SENT",
    "sending, SENT",
    "sent, SENT",
    "delivered, DELIVERED",
    "read, READ",
    "undelivered, UNDELIVERED",
    "failed, UNDELIVERED",
    "canceled, UNDELIVERED",
    "partially_delivered, UNDELIVERED",
  })
  void tellsWhatBecameOfTheMessageThatTheUrlNames(String status, ReceiptKind kind) {
    Receipt receipt = receipt(told(status("MessageStatus", status)));

    assertThat(receipt.ref()).isEqualTo(Fixtures.ref(3));
    assertThat(receipt.kind()).isEqualTo(kind);
    assertThat(receipt.carrier()).isEqualTo(ID);
    assertThat(receipt.carrierMessageId()).isEqualTo(Fixtures.SID);
    assertThat(receipt.at()).isEqualTo(Fixtures.NOW);
    assertThat(receipt.reason())
        .isEqualTo(kind == ReceiptKind.UNDELIVERED ? Reason.NOT_DELIVERED : null);
  }

  @ParameterizedTest
  @CsvSource({
    "30003, DESTINATION_UNREACHABLE, 30003 unreachable handset",
    "30007, CONTENT_REFUSED, 30007 message filtered",
    "39999, NOT_DELIVERED, 39999",
    "x, NOT_DELIVERED, ''",
  })
  void tellsWhyItDidNotArrive(String code, Reason reason, String detail) {
    Receipt receipt = receipt(told(status("MessageStatus", "undelivered", "ErrorCode", code)));

    assertThat(receipt.reason()).isEqualTo(reason);
    assertThat(receipt.detail()).isEqualTo(detail);
  }

  @Test
  void tellsThatARecipientUnsubscribed() {
    List<Notice> notices = told(status("MessageStatus", "failed", "ErrorCode", "21610")).notices();

    assertThat(notices)
        .hasSize(2)
        .contains(
            new Notice.OfOptOut(
                new OptOut.OfMessage(
                    ID,
                    Fixtures.ref(3),
                    SuppressionCause.STOP,
                    "21610 recipient unsubscribed",
                    Fixtures.NOW)));
  }

  @Test
  void tellsNothingOfAStatusOrAReferenceThatItDoesNotKnow() {
    assertThat(told(status("MessageStatus", "receiving")).notices()).isEmpty();
    Map<String, String> fields = status("MessageStatus", "delivered");
    for (String query : List.of("", "?ref=", "?ref=x", "?other=7.0.3")) {
      assertThat(told(call("POST", Fixtures.CALLBACKS + query, fields)).notices())
          .as(query)
          .isEmpty();
    }
  }

  @Test
  void isNotGenuineWithoutASignatureOrWithAWrongOne() {
    Map<String, String> fields = status("MessageStatus", "delivered");

    assertNotGenuine(request("POST", URL, fields, null));
    assertNotGenuine(request("POST", URL, fields, ""));
    assertNotGenuine(request("POST", URL, fields, Signing.sign("other", URL, fields)));
    assertNotGenuine(request("GET", URL, fields, Signing.sign("the-auth-token", URL, fields)));
  }

  @Test
  void isNotGenuineForAnotherMessageThanTheOneThatWasSigned() {
    Map<String, String> fields = status("MessageStatus", "delivered");
    String signature = Signing.sign("the-auth-token", URL, fields);

    assertNotGenuine(request("POST", Fixtures.CALLBACKS + "?ref=7.0.4", fields, signature));
    Map<String, String> failed = status("MessageStatus", "failed");
    assertNotGenuine(request("POST", URL, failed, signature));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a=%zz", "%%%=1", "a=%E0%A4%A"})
  void isNotGenuineWhenTheBodyIsNoForm(String body) {
    CallbackRequest broken =
        new CallbackRequest(
            "POST",
            URL,
            "",
            Map.of("ref", List.of("7.0.3")),
            Map.of("x-twilio-signature", List.of("x")),
            Fixtures.octets(body));

    assertNotGenuine(broken);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"STOP", "stop", " Stop. ", "STOPALL", "unsubscribe", "\"Cancel\"", "QUIT!"})
  void whoWritesAStopWordOptsOut(String words) {
    OptOut.OfAddress optOut = optOut(inbound("Body", words));

    assertThat(optOut.address()).isEqualTo(Fixtures.ADDRESS);
    assertThat(optOut.channel()).isEqualTo(Channel.SMS);
    assertThat(optOut.cause()).isEqualTo(SuppressionCause.STOP);
    assertThat(optOut.carrier()).isEqualTo(ID);
    assertThat(optOut.at()).isEqualTo(Fixtures.NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Stop it, please", "START", "HELP", "don't stop", "nonstop", "s t o p"})
  void whoWritesAnythingElseDoesNot(String words) {
    assertThat(told(inbound("Body", words)).notices()).isEmpty();
  }

  @Test
  void goesByTwiliosWordWhereItMindsTheWordsItself() {
    assertThat(optOut(inbound("Body", "ARRET", "OptOutType", "STOP")).address())
        .isEqualTo(Fixtures.ADDRESS);
    assertThat(told(inbound("Body", "STOP", "OptOutType", "HELP")).notices()).isEmpty();
  }

  @Test
  void namesTheSenderThatJobsName() {
    assertThat(optOut(inbound("Body", "STOP", "To", "+15559998888")).sender())
        .isEqualTo("+15559998888");
    assertThat(optOut(inbound("Body", "STOP", "To", "+15550001111")).sender()).isEmpty();
  }

  @Test
  void namesNoSenderOfAMessagingService() {
    TwilioConfig.Senders service = new TwilioConfig.Senders(Fixtures.SERVICE, "", "");
    TwilioCallbacks ofService =
        new TwilioCallbacks(ID, Fixtures.config(Fixtures.ACCOUNT, service), Fixtures.CLOCK);

    CallbackAnswer answer = ofService.answer(inbound("Body", "STOP", "To", "+15559998888"));
    assertThat(((OptOut.OfAddress) onlyOptOut((CallbackAnswer.Told) answer)).sender()).isEmpty();
  }

  @Test
  void optsOutOfWhatsAppWhereItWasWrittenThere() {
    OptOut.OfAddress optOut =
        optOut(
            inbound(
                "Body",
                "stop",
                "From",
                "whatsapp:" + Fixtures.ADDRESS,
                "To",
                "whatsapp:+15550002222"));

    assertThat(optOut.channel()).isEqualTo(Channel.WHATSAPP);
    assertThat(optOut.address()).isEqualTo(Fixtures.ADDRESS);
    assertThat(optOut.sender()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345", "ACME", "whatsapp:x"})
  void tellsNothingOfAnAddressThatIsNone(String from) {
    assertThat(told(inbound("Body", "STOP", "From", from)).notices()).isEmpty();
  }

  @Test
  void repliesNothingToWhoWrote() {
    CallbackAnswer.Told told = told(inbound("Body", "hello"));

    assertThat(told.contentType()).isEqualTo("text/xml");
    assertThat(told.body()).endsWith("<Response></Response>");
  }

  private OptOut.OfAddress optOut(CallbackRequest request) {
    return (OptOut.OfAddress) onlyOptOut(told(request));
  }

  private static OptOut onlyOptOut(CallbackAnswer.Told told) {
    assertThat(told.notices()).hasSize(1);
    return ((Notice.OfOptOut) told.notices().getFirst()).optOut();
  }

  private static Receipt receipt(CallbackAnswer.Told told) {
    return ((Notice.OfMessage) told.notices().getFirst()).receipt();
  }

  private CallbackAnswer.Told told(Map<String, String> status) {
    return told(call("POST", URL, status));
  }

  private CallbackAnswer.Told told(CallbackRequest request) {
    return (CallbackAnswer.Told) callbacks.answer(request);
  }

  private void assertNotGenuine(CallbackRequest request) {
    assertThat(callbacks.answer(request)).isEqualTo(new CallbackAnswer.NotGenuine());
  }

  private static Map<String, String> status(String... fields) {
    Map<String, String> status = new HashMap<>();
    status.put("MessageSid", Fixtures.SID);
    status.put("SmsSid", Fixtures.SID);
    status.put("AccountSid", Fixtures.ACCOUNT.sid());
    status.put("To", Fixtures.ADDRESS);
    put(fields, status);
    return status;
  }

  private static CallbackRequest inbound(String... fields) {
    Map<String, String> message = new HashMap<>();
    message.put("MessageSid", Fixtures.SID);
    message.put("SmsStatus", "received");
    message.put("From", Fixtures.ADDRESS);
    message.put("To", "+15550001111");
    put(fields, message);
    return call("POST", Fixtures.CALLBACKS.toString(), message);
  }

  private static void put(String[] fields, Map<String, String> into) {
    for (int i = 0; i < fields.length; i += 2) {
      into.put(fields[i], fields[i + 1]);
    }
  }

  private static CallbackRequest call(String method, String url, Map<String, String> fields) {
    return request(method, url, fields, Signing.sign("the-auth-token", url, fields));
  }

  private static CallbackRequest request(
      String method, String url, Map<String, String> fields, @Nullable String signature) {
    int query = url.indexOf("?ref=");
    return new CallbackRequest(
        method,
        url,
        "",
        query < 0 ? Map.of() : Map.of("ref", List.of(url.substring(query + 5))),
        signature == null ? Map.of() : Map.of("x-twilio-signature", List.of(signature)),
        TwilioForm.write(fields));
  }
}
