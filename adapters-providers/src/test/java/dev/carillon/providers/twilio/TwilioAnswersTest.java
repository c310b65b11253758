package dev.carillon.providers.twilio;

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
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioAnswersTest {
  /// From Twilio's description of its API: the examples of CreateMessage.
  private static final String CREATED =
      """
      {"account_sid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "api_version": "2010-04-01",
       "body": "Hello! \uD83D\uDC4D", "date_created": "Thu, 24 Aug 2023 05:01:45 +0000",
       "direction": "outbound-api", "error_code": null, "error_message": null,
       "num_segments": "1", "status": "queued", "sid": "SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
       "to": "+14155552345"}
      """;

  private final TwilioAnswers answers = new TwilioAnswers(Fixtures.CLOCK);

  @Test
  void isTakenUnderTheSidOfTheAnswer() {
    assertThat(outcome(201, CREATED)).isEqualTo(new Accepted("SM" + "a".repeat(32)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "null",
        "<html></html>",
        "{\"sid\": null}",
        "{\"sid\": \"SM1\"}",
        "{\"sid\": {\"a\": 1}}",
      })
  void staysInDoubtWhenItWasTakenAndTheAnswerCannotBeRead(String body) {
    assertThat(outcome(201, body)).isInstanceOf(Unconfirmed.class);
  }

  @Test
  void staysInDoubtWhenTheAnswerIsCut() {
    HttpResult cut = new HttpResult.Answered(201, Map.of(), Fixtures.octets(CREATED), true);

    assertThat(answers.read(cut).outcome()).isInstanceOf(Unconfirmed.class);
  }

  @Test
  void isRefusedWhenItFailedAtOnce() {
    String failed =
        CREATED
            .replace("\"status\": \"queued\"", "\"status\": \"failed\"")
            .replace("\"error_code\": null", "\"error_code\": 30007");

    assertThat(outcome(201, failed))
        .isEqualTo(new Rejected(Reason.CONTENT_REFUSED, "30007 message filtered"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, 21211, UNKNOWN_DESTINATION, 21211 invalid To number",
    "400, 21610, DESTINATION_BLOCKED, 21610 recipient unsubscribed",
    "403, 21408, ROUTE_REFUSED, 21408 region not enabled",
    "400, 29999, CARRIER_REFUSED, 29999 HTTP 400",
  })
  void isRefusedForGood(int status, int code, Reason reason, String detail) {
    assertThat(outcome(status, error(code))).isEqualTo(new Rejected(reason, detail));
  }

  @ParameterizedTest
  @CsvSource({
    "401, 20003, 20003 credentials refused",
    "404, 20404, 20404 account not found",
    "401, 0, HTTP 401",
    "403, 0, HTTP 403",
  })
  void waitsForTheOperatorWhenTheAccountIsRefused(int status, int code, String detail) {
    assertThat(outcome(status, error(code)))
        .isEqualTo(new Unreachable(Reason.ACCOUNT_REFUSED, detail, null));
  }

  @Test
  void isThrottledWithOrWithoutATimeToWait() {
    assertThat(outcome(429, error(20429))).isEqualTo(new Throttled(null));
    assertThat(outcome(429, "")).isEqualTo(new Throttled(null));
    HttpResult asked = new HttpResult.Answered(429, Map.of("retry-after", "7"), new byte[0], false);
    assertThat(answers.read(asked).outcome()).isEqualTo(new Throttled(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void staysInDoubtWhenTwilioFails(int status) {
    assertThat(outcome(status, error(20500))).isInstanceOf(Unconfirmed.class);
    assertThat(outcome(status, "")).isInstanceOf(Unconfirmed.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 303, 307})
  void staysInDoubtWhenItIsSentElsewhere(int status) {
    assertThat(outcome(status, "")).isInstanceOf(Unconfirmed.class);
  }

  @Test
  void isTriedAgainWhenItSurelyWasNotTaken() {
    assertThat(outcome(408, ""))
        .isEqualTo(new Unreachable(Reason.CARRIER_UNREACHABLE, "HTTP 408", null));
  }

  @Test
  void goesByWhetherTheRequestLeft() {
    assertThat(answers.read(new HttpResult.NotSent("refused")).outcome())
        .isEqualTo(Unreachable.noContact(Reason.CARRIER_UNREACHABLE, "refused"));
    assertThat(answers.read(new HttpResult.NoAnswer("reset")).outcome())
        .isEqualTo(new Unconfirmed("reset"));
  }

  @Test
  void repeatsNothingOfTwiliosWords() {
    String body =
        "{\"code\": 21211, \"message\": \"The 'To' number %s is not valid\"}"
            .formatted(Fixtures.ADDRESS);

    assertThat(outcome(400, body).toString()).doesNotContain(Fixtures.ADDRESS, "not valid");
  }

  @Test
  void readsAnyAnswerWithoutFailing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] body = new byte[random.nextInt(64)];
      random.nextBytes(body);
      int status = 200 + random.nextInt(400);
      assertThat(answers.read(new HttpResult.Answered(status, Map.of(), body, false)).outcome())
          .as("seed %d", seed)
          .isNotNull()
          .isNotInstanceOf(Accepted.class);
    }
  }

  private DispatchOutcome outcome(int status, String body) {
    return answers
        .read(new HttpResult.Answered(status, Map.of(), Fixtures.octets(body), false))
        .outcome();
  }

  private static String error(int code) {
    return "{\"code\": %d, \"message\": \"m\", \"more_info\": \"i\", \"status\": 400}"
        .formatted(code);
  }
}
