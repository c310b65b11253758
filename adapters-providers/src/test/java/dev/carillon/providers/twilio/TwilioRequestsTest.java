package dev.carillon.providers.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.delivery.DispatchOutcome.Rejected;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.http.HttpCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioRequestsTest {
  private final TwilioRequests requests =
      new TwilioRequests(Fixtures.config(), Fixtures.CALLBACKS, Fixtures.CLOCK);

  @Test
  void asksForAnSmsAtTheAccountsMessages() {
    HttpCall call = requests.send(Fixtures.sms(3, "hello"));

    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.uri())
        .hasToString(
            "https://api.twilio.com/2010-04-01/Accounts/AC" + "f".repeat(32) + "/Messages.json");
    TwilioForm form = Fixtures.form(call.body());
    assertThat(form.text("To")).isEqualTo(Fixtures.ADDRESS);
    assertThat(form.text("From")).isEqualTo("+15550001111");
    assertThat(form.text("Body")).isEqualTo("hello");
    assertThat(form.text("StatusCallback")).isEqualTo(Fixtures.CALLBACKS + "?ref=7.0.3");
    assertThat(form.text("ValidityPeriod")).isEqualTo("3600");
    assertThat(form.text("SmartEncoded")).isEqualTo("false");
    assertThat(form.fields()).hasSize(6);
  }

  @Test
  void showsTheAccountsTokenOrItsKey() {
    assertThat(login(Fixtures.ACCOUNT)).isEqualTo("AC" + "f".repeat(32) + ":the-auth-token");
    assertThat(
            login(
                new TwilioConfig.Account(
                    Fixtures.ACCOUNT.sid(), "t", "", "SK" + "1".repeat(32), "key-secret")))
        .isEqualTo("SK" + "1".repeat(32) + ":key-secret");
  }

  @Test
  void leavesTheSenderToTheMessagingService() {
    TwilioForm form =
        with(new TwilioConfig.Senders(Fixtures.SERVICE, "", ""), Fixtures.sms(1, "x"));

    assertThat(form.text("MessagingServiceSid")).isEqualTo(Fixtures.SERVICE);
    assertThat(form.fields()).doesNotContainKey("From");
  }

  @Test
  void takesTheJobsSenderWhereItHasOne() {
    OutboundMessage message = Fixtures.message(1, Fixtures.ADDRESS, new SmsContent("x", "ACME"));
    TwilioForm form = with(new TwilioConfig.Senders(Fixtures.SERVICE, "", ""), message);

    assertThat(form.text("From")).isEqualTo("ACME");
    assertThat(form.fields()).doesNotContainKey("MessagingServiceSid");
  }

  @Test
  void asksForNoCallbackWhereNobodyCanCall() {
    TwilioRequests unreachable = new TwilioRequests(Fixtures.config(), null, Fixtures.CLOCK);

    assertThat(Fixtures.form(unreachable.send(Fixtures.sms(1, "x")).body()).fields())
        .doesNotContainKey("StatusCallback");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "€ ^{}[]~|\\ & = + % ?",
        "line\nbreak\tand space",
        "שלום עולם مرحبا",
        "family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 flag \uD83C\uDDFF\uD83C\uDDFC",
      })
  void saysTheTextAsItIs(String text) {
    assertThat(Fixtures.form(requests.send(Fixtures.sms(1, text)).body()).text("Body"))
        .isEqualTo(text);
  }

  @Test
  void writesToWhatsAppNumbers() {
    TwilioForm form = Fixtures.form(requests.send(Fixtures.whatsApp(1, "hi", null)).body());

    assertThat(form.text("To")).isEqualTo("whatsapp:" + Fixtures.ADDRESS);
    assertThat(form.text("From")).isEqualTo("whatsapp:+15550002222");
    assertThat(form.text("Body")).isEqualTo("hi");
  }

  @Test
  void namesTheContentTemplateThatStandsForATemplate() {
    WhatsAppTemplate template =
        new WhatsAppTemplate("order_update", "en", List.of("Tendai", "\"42\" {x}"));
    TwilioForm form = Fixtures.form(requests.send(Fixtures.whatsApp(1, "", template)).body());

    assertThat(form.text("ContentSid")).isEqualTo(Fixtures.CONTENT);
    assertThat(form.text("ContentVariables"))
        .isEqualTo("{\"1\":\"Tendai\",\"2\":\"\\\"42\\\" {x}\"}");
    assertThat(form.fields()).doesNotContainKey("Body");
  }

  @Test
  void takesTheSidOfAContentTemplateForItsName() {
    String sid = "HX" + "2".repeat(32);
    WhatsAppTemplate template = new WhatsAppTemplate(sid, "en", List.of());
    OutboundMessage message = Fixtures.whatsApp(1, "", template);

    assertThat(requests.refusal(message)).isEmpty();
    TwilioForm form = Fixtures.form(requests.send(message).body());
    assertThat(form.text("ContentSid")).isEqualTo(sid);
    assertThat(form.fields()).doesNotContainKey("ContentVariables");
  }

  @Test
  void refusesATemplateThatNoContentTemplateStandsFor() {
    WhatsAppTemplate template = new WhatsAppTemplate("order_update", "sn", List.of());

    assertThat(requests.refusal(Fixtures.whatsApp(1, "", template)))
        .get()
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.reason()).isEqualTo(Reason.CONTENT_REFUSED));
  }

  @Test
  void refusesNoTextAndNoOtherChannelThanItsOwn() {
    assertThat(requests.refusal(Fixtures.sms(1, "x"))).isEmpty();
    assertThat(requests.refusal(Fixtures.whatsApp(1, "x", null))).isEmpty();
    OutboundMessage mail =
        Fixtures.message(1, "a@example.org", new EmailContent("", "", "s", "", "x", Map.of()));
    assertThat(requests.refusal(mail))
        .get()
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.reason()).isEqualTo(Reason.ROUTE_REFUSED));
  }

  @ParameterizedTest
  @CsvSource({"-10, 1", "0, 1", "59, 59", "36000, 36000", "864000, 36000"})
  void lastsAsLongAsTheMessageIsWantedWithinTwiliosBounds(long seconds, String period) {
    OutboundMessage message =
        new OutboundMessage(
            Fixtures.ref(1),
            1,
            false,
            Fixtures.ADDRESS,
            new SmsContent("x", ""),
            Fixtures.NOW.plus(Duration.ofSeconds(seconds)));

    assertThat(Fixtures.form(requests.send(message).body()).text("ValidityPeriod"))
        .isEqualTo(period);
  }

  @Test
  void asksWhatWasSentToAnAddress() {
    HttpCall call = requests.list("whatsapp:" + Fixtures.ADDRESS);

    assertThat(call.method()).isEqualTo("GET");
    assertThat(call.body()).isEmpty();
    assertThat(call.uri().getRawQuery()).isEqualTo("To=whatsapp%3A%2B263771234567&PageSize=50");
  }

  @Test
  void neverShowsWhatItSends() {
    HttpCall call = requests.send(Fixtures.sms(1, "a secret"));

    assertThat(call.toString()).doesNotContain("secret", Fixtures.ADDRESS, "Basic");
    assertThat(Fixtures.config().toString()).doesNotContain("the-auth-token");
    assertThat(Fixtures.form(call.body()).toString()).doesNotContain("secret");
  }

  @Test
  void knowsTheWordsOfTextsOnly() {
    assertThat(TwilioRequests.words(new SmsContent("a", ""))).contains("a");
    assertThat(TwilioRequests.words(new WhatsAppContent("b", null, ""))).contains("b");
    WhatsAppTemplate template = new WhatsAppTemplate("t", "en", List.of());
    assertThat(TwilioRequests.words(new WhatsAppContent("c", template, ""))).isEmpty();
  }

  private static TwilioForm with(TwilioConfig.Senders senders, OutboundMessage message) {
    TwilioConfig config = Fixtures.config(Fixtures.ACCOUNT, senders);
    return Fixtures.form(
        new TwilioRequests(config, Fixtures.CALLBACKS, Fixtures.CLOCK).send(message).body());
  }

  private static String login(TwilioConfig.Account account) {
    TwilioConfig config = Fixtures.config(account, new TwilioConfig.Senders("", "x", ""));
    String header =
        new TwilioRequests(config, null, Fixtures.CLOCK)
            .send(Fixtures.sms(1, "x"))
            .headers()
            .getOrDefault("Authorization", "");
    return new String(
        Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
  }
}
