package dev.carillon.providers.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.http.ApacheCarrierHttp;
import dev.carillon.providers.http.HttpCarrierContract;
import java.net.URI;
import java.util.List;

class TwilioCarrierIT extends HttpCarrierContract {
  private static final String PATH =
      "/2010-04-01/Accounts/" + Fixtures.ACCOUNT.sid() + "/Messages.json";

  @Override
  protected ConnectedCarrier carrier(URI api) {
    return new TwilioCarrier(
        new CarrierId("twilio"),
        Fixtures.config(
            api, Fixtures.ACCOUNT, new TwilioConfig.Senders("", "+15550001111", "+15550002222")),
        new CallbackPlace(URI.create("https://bells.example.org"), ""),
        ApacheCarrierHttp::new,
        _ -> {},
        Fixtures.CLOCK);
  }

  @Override
  protected OutboundMessage message(int position) {
    return Fixtures.message(position, address(position), new SmsContent("text " + position, ""));
  }

  @Override
  protected MappingBuilder sending() {
    return post(urlPathEqualTo(PATH))
        .withBasicAuth(Fixtures.ACCOUNT.sid(), Fixtures.ACCOUNT.authToken());
  }

  @Override
  protected ResponseDefinitionBuilder answer(Fate fate) {
    return switch (fate) {
      case TAKE ->
          jsonResponse(
              "{\"sid\": \"SM{{randomInt lower=10 upper=99}}{{randomValue length=30"
                  + " type='NUMERIC'}}\", \"status\": \"queued\", \"error_code\": null}",
              201);
      case REFUSE -> jsonResponse(error(21211, 400), 400);
      case THROTTLE -> jsonResponse(error(20429, 429), 429);
      case THROTTLE_AND_ASK_TO_WAIT ->
          jsonResponse(error(20429, 429), 429).withHeader("Retry-After", "7");
    };
  }

  @Override
  protected void takeEvenPositions(WireMockServer peer, List<OutboundMessage> messages) {
    peer.stubFor(sending().willReturn(answer(Fate.TAKE)));
    messages.stream()
        .filter(message -> message.ref().position() % 2 == 1)
        .forEach(message ->
            peer.stubFor(
                sending()
                    .withRequestBody(containing("To=%2B" + message.address().substring(1) + "&"))
                    .willReturn(answer(Fate.REFUSE))));
  }

  private static String address(int position) {
    return "+26377%07d".formatted(position);
  }

  private static String error(int code, int status) {
    return "{\"code\": %d, \"message\": \"the To number %s\", \"status\": %d}"
        .formatted(code, address(0), status);
  }
}
