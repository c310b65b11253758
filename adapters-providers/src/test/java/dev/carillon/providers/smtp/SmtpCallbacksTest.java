package dev.carillon.providers.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.providers.callback.CallbackAnswer;
import dev.carillon.providers.callback.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmtpCallbacksTest {
  private final MailTokens tokens = new MailTokens(Fixtures.PLACE);
  private final SmtpCallbacks callbacks =
      new SmtpCallbacks(
          new SmtpConfig.Login("post", "a password"),
          new SmtpReceipts(Fixtures.CARRIER, tokens),
          Fixtures.CLOCK);

  private final byte[] bounce =
      Bounces.postfix(
          tokens.returnPath("bounce@mail.example.org", Fixtures.ref(3)),
          "5.1.1",
          "failed",
          "x@example.org");

  @Test
  void readsABounceThatIsHandedIn() {
    assertThat(callbacks.answer(call("POST", "/bounce", "post:a password", bounce)))
        .isInstanceOfSatisfying(
            CallbackAnswer.Told.class, told -> assertThat(told.notices()).hasSize(2));
  }

  @Test
  void takesAMailThatIsNoBounceAndMakesNothingOfIt() {
    byte[] mail = Bounces.mail("From: a@b.org\nSubject: hello\n\nhello\n");

    assertThat(callbacks.answer(call("POST", "/bounce", "post:a password", mail)))
        .isEqualTo(new CallbackAnswer.Told(List.of()));
  }

  @Test
  void takesNothingFromStrangers() {
    for (String login : List.of("post:another", "other:a password", "")) {
      assertThat(callbacks.answer(call("POST", "/bounce", login, bounce)))
          .isEqualTo(new CallbackAnswer.NotGenuine());
    }
  }

  @Test
  void takesNothingInAnotherPlaceOrWay() {
    assertThat(callbacks.answer(call("GET", "/bounce", "post:a password", bounce)))
        .isEqualTo(new CallbackAnswer.Unreadable());
    assertThat(callbacks.answer(call("POST", "", "post:a password", bounce)))
        .isEqualTo(new CallbackAnswer.Unreadable());
  }

  private static CallbackRequest call(String method, String path, String login, byte[] body) {
    String header =
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    return new CallbackRequest(
        method, "", path, Map.of(), Map.of("authorization", List.of(header)), body);
  }
}
