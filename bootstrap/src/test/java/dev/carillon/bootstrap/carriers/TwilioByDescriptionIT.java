package dev.carillon.bootstrap.carriers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same job through a proxy that lets through what fits Twilio's published description and
/// nothing else. What goes another way than by its fate did not fit.
@Tag("peers")
class TwilioByDescriptionIT extends TwilioJobIT {
  private @Nullable Prism prism;

  @Override
  URI front(URI peer) throws IOException {
    prism =
        new Prism(Prism.description("twilio_api_v2010.yaml"), peer, directory.resolve("prism.log"));
    return prism.uri();
  }

  @AfterEach
  void stopPrism() {
    if (prism != null) {
      prism.close();
    }
  }

  @Test
  void theProxyLetsNothingElseThrough() throws Exception {
    try (TwilioPeer peer = new TwilioPeer()) {
      peer.open();
      URI api = front(peer.uri());

      assertThat(post(api, "To=%2B263771234599&From=%2B15550001111&Body=x")).isEqualTo(201);
      assertThat(post(api, "From=%2B15550001111&Body=x")).isEqualTo(422);
      assertThat(post(api, "To=%2B263771234599&Body=x&ValidityPeriod=soon")).isEqualTo(422);
      assertThat(peer.taken()).hasSize(1);
    }
  }

  private static int post(URI api, String form) throws IOException, InterruptedException {
    String login = TwilioPeer.ACCOUNT + ":" + TwilioPeer.TOKEN;
    String path = "/2010-04-01/Accounts/" + TwilioPeer.ACCOUNT + "/Messages.json";
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(api.resolve(path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .header(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
