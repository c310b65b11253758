package dev.carillon.providers.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.delivery.DispatchOutcome.Rejected;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.http.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppRequestsTest {
  private final WhatsAppRequests requests = new WhatsAppRequests(Fixtures.config());

  @Test
  void asksForATextAtTheNumbersMessages() {
    HttpCall call = requests.send(Fixtures.text(3, "hello"));

    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.uri())
        .hasToString("https://graph.facebook.com/v23.0/" + Fixtures.NUMBER + "/messages");
    assertThat(call.headers()).containsEntry("Authorization", "Bearer the-access-token");
    assertThat(call.contentType()).isEqualTo("application/json");
    assertThat(body(call))
        .isEqualTo(
            json(
                """
                {"messaging_product": "whatsapp", "recipient_type": "individual",
                 "to": "+263771234567", "type": "text", "biz_opaque_callback_data": "7.0.3",
                 "text": {"preview_url": false, "body": "hello"}}
                """));
  }

  @Test
  void asksForATemplateWithTheValuesOfItsBody() {
    WhatsAppTemplate template = new WhatsAppTemplate("order_update", "en_GB", List.of("A", "B"));
    HttpCall call = requests.send(message(Fixtures.content("", template, "")));

    assertThat(body(call))
        .isEqualTo(
            json(
                """
                {"messaging_product": "whatsapp", "recipient_type": "individual",
                 "to": "+263771234567", "type": "template", "biz_opaque_callback_data": "7.0.1",
                 "template": {"name": "order_update", "language": {"code": "en_GB"},
                  "components": [{"type": "body", "parameters": [
                    {"type": "text", "text": "A"}, {"type": "text", "text": "B"}]}]}}
                """));
  }

  @Test
  void leavesOutTheBodyOfATemplateWithoutValues() {
    WhatsAppTemplate template = new WhatsAppTemplate("hello_world", "en_US", List.of());
    HttpCall call = requests.send(message(Fixtures.content("", template, "")));

    assertThat(body(call).getAsJsonObject("template").keySet())
        .containsExactlyInAnyOrder("name", "language");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "€ ^{}[]~|\\ & = \" ' < >",
        "line\nbreak\tand\u2028space",
        "שלום עולם مرحبا",
        "family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 flag \uD83C\uDDFF\uD83C\uDDFC",
      })
  void saysTheTextAsItIs(String text) {
    JsonObject body = body(requests.send(Fixtures.text(1, text)));

    assertThat(body.getAsJsonObject("text").get("body").getAsString()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 106540352242922",
    "106540352242922, 106540352242922",
    "+15550003333, 206540352242922",
    "206540352242922, 206540352242922",
  })
  void leavesFromTheNumberThatTheJobNames(String sender, String id) {
    OutboundMessage message = message(Fixtures.content("x", null, sender));

    assertThat(requests.refusal(message)).isEmpty();
    assertThat(requests.send(message).uri().getPath()).isEqualTo("/v23.0/" + id + "/messages");
  }

  @Test
  void refusesASenderThatIsNoNumberOfOurs() {
    assertThat(requests.refusal(message(Fixtures.content("x", null, "+15559999999"))))
        .get()
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.reason()).isEqualTo(Reason.SENDER_REFUSED));
  }

  @Test
  void refusesWhatIsForAnotherChannel() {
    OutboundMessage sms =
        new OutboundMessage(
            Fixtures.ref(1), 1, false, Fixtures.ADDRESS, new SmsContent("x", ""), Fixtures.NOW);

    assertThat(requests.refusal(sms))
        .get()
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.reason()).isEqualTo(Reason.ROUTE_REFUSED));
  }

  @Test
  void neverShowsWhatItSends() {
    HttpCall call = requests.send(Fixtures.text(1, "a secret"));

    assertThat(call.toString()).doesNotContain("secret", Fixtures.ADDRESS, "Bearer");
    assertThat(Fixtures.config().toString() + Fixtures.KEYS)
        .doesNotContain("the-access-token", "the-app-secret", "the-verify-token");
  }

  private static OutboundMessage message(WhatsAppContent content) {
    return Fixtures.message(1, Fixtures.ADDRESS, content);
  }

  private static JsonObject body(HttpCall call) {
    return json(new String(call.body(), StandardCharsets.UTF_8));
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
