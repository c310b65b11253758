package dev.carillon.providers.postmark;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.RecordingNotices;
import dev.carillon.providers.http.ApacheCarrierHttp;
import dev.carillon.providers.http.HttpCarrierContract;
import java.net.URI;
import java.util.List;

/// Postmark against the contract of all carriers over HTTP. Answers are of the form of its examples
/// (<https://postmarkapp.com/developer/api/email-api#send-batch-emails>).
class PostmarkCarrierIT extends HttpCarrierContract {
  private static final String TAKEN =
      """
      [{"To": "to@example.net", "SubmittedAt": "2026-03-01T10:00:00.1234567-05:00",
        "MessageID": "{{randomValue type='UUID'}}", "ErrorCode": 0, "Message": "OK"}]\
      """;

  private static final String REFUSED =
      """
      [{"ErrorCode": 406, "Message": "You tried to send to a recipient that has been marked as \
      inactive. Found inactive addresses: to0@example.net."}]\
      """;

  @Override
  protected ConnectedCarrier carrier(URI api) {
    return new PostmarkCarrier(
        Fixtures.CARRIER,
        Fixtures.config(api, 1),
        Fixtures.PLACE,
        ApacheCarrierHttp::new,
        new RecordingNotices(),
        Fixtures.CLOCK);
  }

  @Override
  protected OutboundMessage message(int position) {
    return Fixtures.mail(position);
  }

  @Override
  protected MappingBuilder sending() {
    return post(urlEqualTo("/email/batch"))
        .withHeader("X-Postmark-Server-Token", equalTo("server-token"))
        .withHeader("Content-Type", matching("application/json.*"))
        .withRequestBody(matchingJsonPath("$[0].Metadata['carillon-ref']"));
  }

  @Override
  protected ResponseDefinitionBuilder answer(Fate fate) {
    return switch (fate) {
      case TAKE -> json(200, TAKEN);
      case REFUSE -> json(200, REFUSED);
      case THROTTLE -> json(429, "{\"ErrorCode\": 429, \"Message\": \"Rate Limit Exceeded\"}");
      case THROTTLE_AND_ASK_TO_WAIT -> aResponse().withStatus(429).withHeader("Retry-After", "7");
    };
  }

  @Override
  protected void takeEvenPositions(WireMockServer peer, List<OutboundMessage> messages) {
    peer.stubFor(position("[02468]").willReturn(answer(Fate.TAKE)));
    peer.stubFor(position("[13579]").willReturn(answer(Fate.REFUSE)));
  }

  private MappingBuilder position(String lastDigit) {
    return sending()
        .withRequestBody(
            matchingJsonPath("$[0].Metadata['carillon-ref']", matching(".*" + lastDigit)));
  }

  private static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }
}
