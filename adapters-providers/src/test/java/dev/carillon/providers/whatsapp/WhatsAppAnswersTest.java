package dev.carillon.providers.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.DispatchOutcome.Accepted;
import dev.carillon.domain.delivery.DispatchOutcome.Rejected;
import dev.carillon.domain.delivery.DispatchOutcome.Throttled;
import dev.carillon.domain.delivery.DispatchOutcome.Unconfirmed;
import dev.carillon.domain.delivery.DispatchOutcome.Unreachable;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.http.HttpResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppAnswersTest {
  /// From Meta's description of its API.
  private static final String TAKEN =
      """
      {"messaging_product": "whatsapp",
       "contacts": [{"input": "+16505551234", "wa_id": "16505551234"}],
       "messages": [{"id": "wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI1RjQyNUE3NEYxMzAzMzQ5MkEA",
                     "message_status": "accepted"}]}
      """;

  private static final String WAMID = "wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI1RjQyNUE3NEYxMzAzMzQ5MkEA";

  private final WhatsAppAnswers answers = new WhatsAppAnswers(Fixtures.CLOCK);

  @Test
  void isTakenUnderTheIdThatWebhooksMayNameInsteadOfOurReference() {
    assertThat(outcome(200, TAKEN)).isEqualTo(new Accepted(WAMID, List.of(WAMID)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"messages\": []}",
        "{\"messages\": [{\"id\": \"\"}]}",
        "{\"messages\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}",
        "{\"messages\": {\"id\": \"a\"}}",
        "<html></html>",
      })
  void staysInDoubtWhenItWasTakenAndTheAnswerCannotBeRead(String body) {
    assertThat(outcome(200, body)).isInstanceOf(Unconfirmed.class);
    HttpResult cut = new HttpResult.Answered(200, Map.of(), Fixtures.octets(TAKEN), true);
    assertThat(answers.read(cut)).isInstanceOf(Unconfirmed.class);
  }

  @Test
  void goesByTheCodeAndNotByTheStatusOfHttp() {
    for (int status : List.of(400, 401, 429, 500)) {
      assertThat(outcome(status, error(131026)))
          .isEqualTo(new Rejected(Reason.DESTINATION_UNREACHABLE, "131026 undeliverable"));
      assertThat(outcome(status, error(130429))).isEqualTo(new Throttled(null));
      assertThat(outcome(status, error(190)))
          .isEqualTo(new Unreachable(Reason.ACCOUNT_REFUSED, "190 access token expired", null));
    }
  }

  @Test
  void staysInDoubtWhenMetaFailsWithoutSayingThatNothingWasSent() {
    for (int code : List.of(1, 2, 131016, 131057, 133004)) {
      assertThat(outcome(500, error(code))).isInstanceOf(Unconfirmed.class);
      assertThat(outcome(400, error(code))).isInstanceOf(Unreachable.class);
    }
    assertThat(outcome(500, error(131000))).isInstanceOf(Unreachable.class);
  }

  @Test
  void goesByTheStatusOfHttpWhereThereIsNoKnownCode() {
    for (String body : List.of("", error(999), "{\"error\": {}}", "{\"error\": \"x\"}")) {
      assertThat(outcome(400, body)).isInstanceOf(Rejected.class);
      assertThat(outcome(401, body))
          .isInstanceOfSatisfying(
              Unreachable.class, it -> assertThat(it.reason()).isEqualTo(Reason.ACCOUNT_REFUSED));
      assertThat(outcome(408, body)).isInstanceOf(Unreachable.class);
      assertThat(outcome(302, body)).isInstanceOf(Unconfirmed.class);
      assertThat(outcome(429, body)).isEqualTo(new Throttled(null));
      assertThat(outcome(500, body)).isInstanceOf(Unconfirmed.class);
      assertThat(outcome(503, body)).isInstanceOf(Unconfirmed.class);
    }
  }

  @Test
  void waitsAsLongAsItIsAskedTo() {
    HttpResult asked =
        new HttpResult.Answered(
            400, Map.of("retry-after", "60"), Fixtures.octets(error(80007)), false);

    assertThat(answers.read(asked)).isEqualTo(new Throttled(Duration.ofSeconds(60)));
  }

  @Test
  void goesByWhetherTheRequestLeft() {
    assertThat(answers.read(new HttpResult.NotSent("refused")))
        .isEqualTo(Unreachable.noContact(Reason.CARRIER_UNREACHABLE, "refused"));
    assertThat(answers.read(new HttpResult.NoAnswer("reset"))).isEqualTo(new Unconfirmed("reset"));
  }

  @Test
  void repeatsNothingOfMetasWords() {
    assertThat(outcome(400, error(131026)).toString()).doesNotContain(Fixtures.ADDRESS);
  }

  @Test
  void readsAnyAnswerWithoutFailing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] body = new byte[random.nextInt(64)];
      random.nextBytes(body);
      int status = 200 + random.nextInt(400);
      assertThat(answers.read(new HttpResult.Answered(status, Map.of(), body, false)))
          .as("seed %d", seed)
          .isNotInstanceOf(Accepted.class);
    }
  }

  private DispatchOutcome outcome(int status, String body) {
    return answers.read(new HttpResult.Answered(status, Map.of(), Fixtures.octets(body), false));
  }

  private static String error(int code) {
    return """
    {"error": {"message": "(#%d) no %s", "type": "OAuthException", "code": %d,
     "error_data": {"messaging_product": "whatsapp", "details": "no %s"}, "fbtrace_id": "A"}}
    """
        .formatted(code, Fixtures.ADDRESS, code, Fixtures.ADDRESS);
  }
}
