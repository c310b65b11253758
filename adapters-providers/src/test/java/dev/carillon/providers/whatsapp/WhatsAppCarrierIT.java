package dev.carillon.providers.whatsapp;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.http.ApacheCarrierHttp;
import dev.carillon.providers.http.HttpCarrierContract;
import java.net.URI;
import java.util.List;

class WhatsAppCarrierIT extends HttpCarrierContract {
  @Override
  protected ConnectedCarrier carrier(URI api) {
    return new WhatsAppCarrier(
        new CarrierId("whatsapp"),
        Fixtures.config(api, Fixtures.KEYS, false),
        ApacheCarrierHttp::new,
        Fixtures.CLOCK);
  }

  @Override
  protected OutboundMessage message(int position) {
    return Fixtures.message(
        position, address(position), Fixtures.content("text " + position, null, ""));
  }

  @Override
  protected MappingBuilder sending() {
    return post(urlPathEqualTo("/v23.0/" + Fixtures.NUMBER + "/messages"))
        .withHeader("Authorization", equalTo("Bearer the-access-token"))
        .withHeader("Content-Type", equalTo("application/json"));
  }

  @Override
  protected ResponseDefinitionBuilder answer(Fate fate) {
    return switch (fate) {
      case TAKE ->
          jsonResponse(
              "{\"messaging_product\": \"whatsapp\", \"messages\": [{\"id\": "
                  + "\"wamid.{{randomValue length=40 type='ALPHANUMERIC'}}\"}]}",
              200);
      case REFUSE -> jsonResponse(error(131026), 400);
      case THROTTLE -> jsonResponse(error(130429), 429);
      case THROTTLE_AND_ASK_TO_WAIT ->
          jsonResponse(error(80007), 400).withHeader("Retry-After", "7");
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
                    .withRequestBody(containing("\"to\":\"" + message.address() + "\""))
                    .willReturn(answer(Fate.REFUSE))));
  }

  private static String address(int position) {
    return "+26377%07d".formatted(position);
  }

  private static String error(int code) {
    return """
    {"error": {"message": "(#%d) to %s", "type": "OAuthException", "code": %d,
     "error_data": {"messaging_product": "whatsapp", "details": "to %s"}, "fbtrace_id": "A"}}
    """
        .formatted(code, address(0), code, address(0));
  }
}
