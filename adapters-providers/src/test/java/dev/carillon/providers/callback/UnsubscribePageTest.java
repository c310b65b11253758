package dev.carillon.providers.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.SuppressionCause;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribePageTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final MessageRef REF = new MessageRef(new JobId(7), 0, 3);
  private static final CallbackPlace PLACE =
      new CallbackPlace(URI.create("https://hooks.example.org"), "a secret of the house");

  private final UnsubscribePage page = new UnsubscribePage(PLACE, InstantSource.fixed(NOW));
  private final String token = RefTokens.ofUnsubscribe(PLACE.secret()).token(REF);

  @Test
  void unsubscribesByOneClick() {
    CallbackAnswer answer = page.answer(call("POST", "/" + token));

    assertThat(answer)
        .isInstanceOfSatisfying(
            CallbackAnswer.Told.class,
            told -> {
              assertThat(told.notices())
                  .containsExactly(
                      new Notice.OfOptOut(
                          new OptOut.OfRecipient(REF, SuppressionCause.UNSUBSCRIBE, "", NOW)));
              assertThat(told.body()).contains("You are unsubscribed");
            });
  }

  @Test
  void changesNothingWhenSomebodyOnlyLooks() {
    assertThat(page.answer(call("GET", "/" + token)))
        .isInstanceOfSatisfying(
            CallbackAnswer.Answered.class,
            answered -> {
              assertThat(answered.status()).isEqualTo(200);
              assertThat(answered.contentType()).startsWith("text/html");
              assertThat(answered.body()).contains("<form method=\"post\">");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/7.0.3", "/7.0.3-aaaaaaaaaaaaaaaa", "/<script>", "//"})
  void knowsNoLinkThatWasNotGivenAway(String path) {
    for (String method : List.of("GET", "POST")) {
      assertThat(page.answer(call(method, path))).isEqualTo(new CallbackAnswer.NotGenuine());
    }
  }

  @Test
  void knowsNoLinkWithoutASecret() {
    UnsubscribePage without = new UnsubscribePage(CallbackPlace.NONE, InstantSource.fixed(NOW));

    assertThat(without.answer(call("POST", "/" + token)))
        .isEqualTo(new CallbackAnswer.NotGenuine());
  }

  private static CallbackRequest call(String method, String path) {
    byte[] body = "List-Unsubscribe=One-Click".getBytes(StandardCharsets.US_ASCII);
    return new CallbackRequest(method, "", path, Map.of(), Map.of(), body);
  }
}
