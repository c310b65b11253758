package dev.carillon.providers.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.Carrier.Finding;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.http.HttpResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioInquiryTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T18:00:00.700Z");
  private static final Instant GAVE_UP = BEGAN.plusSeconds(30);

  private final TwilioDoubts doubts = new TwilioDoubts();
  private final ScriptedHttp http = new ScriptedHttp(_ -> page());
  private final TwilioInquiry inquiry =
      new TwilioInquiry(
          new TwilioRequests(Fixtures.config(), Fixtures.CALLBACKS, Fixtures.CLOCK),
          doubts,
          http,
          Duration.ofSeconds(20));

  @Test
  void findsTheOneMessageThatItCanOnlyBe() {
    doubt(Fixtures.sms(3, "hello"));
    http.willAnswer(_ ->
        page(
            sent(1, "hello", BEGAN.plusSeconds(1)),
            sent(2, "something else", BEGAN.plusSeconds(1))));

    assertThat(ask(3)).containsExactlyEntriesOf(Map.of(Fixtures.ref(3), taken(1)));
    assertThat(http.calls().getFirst().uri().getRawQuery()).contains("To=%2B263771234567");
  }

  @Test
  void asksNobodyOfWhatItHasNotSeen() {
    assertThat(ask(3)).isEmpty();
    assertThat(http.calls()).isEmpty();
  }

  @Test
  void saysNothingWhenThereIsNone() {
    doubt(Fixtures.sms(3, "hello"));
    http.willAnswer(_ -> page(sent(1, "hullo", BEGAN.plusSeconds(1))));

    assertThat(ask(3)).isEmpty();
  }

  @Test
  void saysNothingWhenThereIsMoreThanOne() {
    doubt(Fixtures.sms(3, "hello"));
    http.willAnswer(
        _ -> page(sent(1, "hello", BEGAN.plusSeconds(1)), sent(2, "hello", BEGAN.plusSeconds(2))));

    assertThat(ask(3)).isEmpty();
  }

  @Test
  void leavesOutWhatIsKnownAsAnothersMessage() {
    doubt(Fixtures.sms(3, "hello"));
    doubts.isTaken(sid(1));
    http.willAnswer(_ -> page(sent(1, "hello", BEGAN.plusSeconds(1))));
    assertThat(ask(3)).isEmpty();

    http.willAnswer(
        _ -> page(sent(1, "hello", BEGAN.plusSeconds(1)), sent(2, "hello", BEGAN.plusSeconds(2))));
    assertThat(ask(3)).containsExactlyEntriesOf(Map.of(Fixtures.ref(3), taken(2)));
  }

  @Test
  void saysNothingOfTwoThatCannotBeToldApart() {
    doubt(Fixtures.sms(3, "hello"));
    doubt(Fixtures.sms(4, "hello"));
    http.willAnswer(_ -> page(sent(1, "hello", BEGAN.plusSeconds(1))));

    assertThat(ask(3, 4)).isEmpty();
  }

  @Test
  void givesAMessageToOneOnly() {
    doubt(Fixtures.sms(3, "hello"));
    http.willAnswer(_ -> page(sent(1, "hello", BEGAN.plusSeconds(1))));
    assertThat(ask(3)).hasSize(1);

    doubt(Fixtures.sms(4, "hello"));
    assertThat(ask(3, 4)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-6, 36, 3_600, -86_400})
  void leavesOutWhatWasSentAtAnotherTime(long seconds) {
    doubt(Fixtures.sms(3, "hello"));
    http.willAnswer(_ -> page(sent(1, "hello", BEGAN.plusSeconds(seconds))));

    assertThat(ask(3)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-4, 0, 29, 34})
  void allowsForClocksThatDifferALittle(long seconds) {
    doubt(Fixtures.sms(3, "hello"));
    http.willAnswer(_ -> page(sent(1, "hello", BEGAN.plusSeconds(seconds))));

    assertThat(ask(3)).hasSize(1);
  }

  @Test
  void leavesOutWhatCameBackAndWhatWentElsewhere() {
    doubt(Fixtures.sms(3, "hello"));
    String mine = sent(1, "hello", BEGAN.plusSeconds(1));
    http.willAnswer(_ ->
        page(
            mine.replace("outbound-api", "inbound"),
            mine.replace(Fixtures.ADDRESS, "whatsapp:" + Fixtures.ADDRESS)));

    assertThat(ask(3)).isEmpty();
  }

  @Test
  void cannotTellTemplatesApart() {
    doubt(Fixtures.whatsApp(3, "", new WhatsAppTemplate(Fixtures.CONTENT, "en", List.of())));

    assertThat(ask(3)).isEmpty();
    assertThat(http.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{}", "{\"messages\": 1}", "{\"messages\": [1, null, {}]}"})
  void saysNothingWhenTheAnswerCannotBeRead(String body) {
    doubt(Fixtures.sms(3, "hello"));
    http.willAnswer(_ -> answer(200, body));

    assertThat(ask(3)).isEmpty();
  }

  @Test
  void saysNothingWhenTwilioDoesNotAnswer() {
    doubt(Fixtures.sms(3, "hello"));
    String body = "{\"messages\": [%s]}".formatted(sent(1, "hello", BEGAN));
    for (HttpResult result :
        List.of(
            new HttpResult.NotSent("x"),
            new HttpResult.NoAnswer("x"),
            answer(503, body),
            new HttpResult.Answered(200, Map.of(), Fixtures.octets(body), true))) {
      http.willAnswer(_ -> result);
      assertThat(ask(3)).as(result.toString()).isEmpty();
    }
  }

  @Test
  void forgetsTheOldestBeyondItsBounds() {
    for (int i = 0; i < 10_001; i++) {
      doubts.add(Fixtures.sms(i, "text " + i), BEGAN, GAVE_UP);
    }

    assertThat(doubts.of(Fixtures.ref(0))).isEmpty();
    assertThat(doubts.of(Fixtures.ref(1))).isPresent();
    assertThat(doubts.of(Fixtures.ref(10_000))).isPresent();
  }

  private void doubt(OutboundMessage message) {
    doubts.add(message, BEGAN, GAVE_UP);
  }

  private Map<MessageRef, Finding> ask(int... positions) {
    return inquiry.ask(Arrays.stream(positions).mapToObj(Fixtures::ref).toList());
  }

  private static Finding taken(int number) {
    return new Finding.Taken(sid(number));
  }

  private static String sid(int number) {
    return "SM%032x".formatted(number);
  }

  private static HttpResult page(String... messages) {
    return answer(200, "{\"messages\": [%s], \"page\": 0}".formatted(String.join(", ", messages)));
  }

  private static HttpResult answer(int status, String body) {
    return new HttpResult.Answered(status, Map.of(), Fixtures.octets(body), false);
  }

  private static String sent(int number, String body, Instant at) {
    return """
    {"sid": "%s", "body": "%s", "to": "%s", "direction": "outbound-api", "status": "sent",
     "date_created": "%s", "date_sent": null}
    """
        .formatted(
            sid(number),
            body,
            Fixtures.ADDRESS,
            DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)));
  }
}
