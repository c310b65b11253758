package dev.carillon.providers.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import dev.carillon.application.port.Carrier.Finding;
import dev.carillon.application.port.NoticeSink;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.CarrierMaker;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.RecordingNotices;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.http.CarrierHttp;
import dev.carillon.providers.http.HttpCall;
import dev.carillon.providers.http.HttpResult;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioCarrierTest {
  private static final CarrierId ID = new CarrierId("twilio");
  private static final CallbackPlace PLACE =
      new CallbackPlace(URI.create("https://bells.example.org"), "");

  private final RecordingNotices notices = new RecordingNotices();
  private final RecordingHandOver handOver = new RecordingHandOver();

  @Test
  void findsAMessageAgainWhoseAnswerWasLost() {
    OutboundMessage message = Fixtures.sms(3, "hello");
    try (ConnectedCarrier carrier = carrier(true, TwilioCarrierTest::losesAnswersAndLists)) {
      carrier.submit(List.of(message), handOver);
      assertThat(handOver.awaitAnswer(message)).isInstanceOf(DispatchOutcome.Unconfirmed.class);

      assertThat(carrier.inquiry().orElseThrow().ask(List.of(message.ref(), Fixtures.ref(4))))
          .isEqualTo(Map.of(message.ref(), new Finding.Taken(Fixtures.SID)));
    }
  }

  @Test
  void isNotAskedWhereItShallNotBe() {
    try (ConnectedCarrier carrier = carrier(false, _ -> new HttpResult.NoAnswer("lost"))) {
      assertThat(carrier.inquiry()).isEmpty();
    }
  }

  @Test
  void tellsThatARecipientUnsubscribedWithoutLettingTheAnswerWait() {
    OutboundMessage message = Fixtures.sms(3, "hello");
    notices.goDown(true);
    try (ConnectedCarrier carrier = carrier(true, _ -> refusal(21610))) {
      carrier.submit(List.of(message), handOver);
      assertThat(handOver.awaitAnswer(message)).isInstanceOf(DispatchOutcome.Rejected.class);
      notices.awaitCalls(1);
      notices.goDown(false);

      carrier.submit(List.of(message), handOver);
      assertThat(notices.awaitNotices(1))
          .containsExactly(
              new Notice.OfOptOut(
                  new OptOut.OfMessage(
                      ID,
                      message.ref(),
                      SuppressionCause.STOP,
                      "21610 recipient unsubscribed",
                      Fixtures.NOW)));
    }
  }

  @Test
  void tellsNothingOfOtherRefusals() {
    OutboundMessage message = Fixtures.sms(3, "hello");
    try (ConnectedCarrier carrier = carrier(true, _ -> refusal(21211))) {
      carrier.submit(List.of(message), handOver);
      handOver.awaitAnswer(message);
    }

    assertThat(notices.notices()).isEmpty();
  }

  @Test
  void isStartedOnceAndBeforeItIsGivenAnything() {
    ConnectedCarrier carrier = unstarted(true, _ -> refusal(21211));

    assertThatThrownBy(() -> carrier.submit(List.of(Fixtures.sms(1, "x")), handOver))
        .isInstanceOf(IllegalStateException.class);
    assertThat(carrier.inquiry()).isEmpty();
    carrier.start();
    assertThatThrownBy(carrier::start).isInstanceOf(IllegalStateException.class);
    carrier.close();
  }

  @Test
  void isMadeByItsModule() {
    Injector injector =
        Guice.createInjector(
            new TwilioModule(),
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(CallbackPlace.class).toInstance(PLACE);
                bind(NoticeSink.class).toInstance(notices);
                bind(CarrierHttp.Source.class)
                    .toInstance(_ -> new ScriptedHttp(_ -> refusal(21211)));
                bind(InstantSource.class).toInstance(Fixtures.CLOCK);
              }
            });
    Map<Class<? extends CarrierConfig>, CarrierMaker<?>> makers =
        injector.getInstance(new Key<Map<Class<? extends CarrierConfig>, CarrierMaker<?>>>() {});
    CarrierMaker<TwilioConfig> maker =
        injector.getInstance(new Key<CarrierMaker<TwilioConfig>>() {});

    assertThat(makers).containsOnlyKeys(TwilioConfig.class).containsValue(maker);
    assertThat(maker.make(ID, Fixtures.config()).id()).isEqualTo(ID);
  }

  private ConnectedCarrier carrier(boolean inquiry, CarrierScript script) {
    ConnectedCarrier carrier = unstarted(inquiry, script);
    carrier.start();
    return carrier;
  }

  private ConnectedCarrier unstarted(boolean inquiry, CarrierScript script) {
    TwilioConfig like = Fixtures.config();
    TwilioConfig config =
        new TwilioConfig(
            like.api(),
            like.account(),
            like.senders(),
            like.templates(),
            like.stopWords(),
            like.smartEncoding(),
            inquiry,
            like.window(),
            like.handOver(),
            like.http());
    return new TwilioCarrier(
        ID, config, PLACE, _ -> new ScriptedHttp(script::answer), notices, Fixtures.CLOCK);
  }

  private static HttpResult losesAnswersAndLists(HttpCall call) {
    return call.method().equals("POST")
        ? new HttpResult.NoAnswer("lost")
        : answer(
            200,
            """
            {"messages": [{"sid": "%s", "body": "hello", "to": "%s", "direction": "outbound-api",
             "status": "sent", "date_created": "Sun, 22 Nov 2026 18:00:00 +0000"}]}
            """
                .formatted(Fixtures.SID, Fixtures.ADDRESS));
  }

  private static HttpResult refusal(int code) {
    return answer(400, "{\"code\": %d, \"message\": \"m\", \"status\": 400}".formatted(code));
  }

  private static HttpResult answer(int status, String body) {
    return new HttpResult.Answered(status, Map.of(), Fixtures.octets(body), false);
  }

  private interface CarrierScript {
    HttpResult answer(HttpCall call);
  }
}
