package dev.carillon.providers.postmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.providers.http.HandOverLimits;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostmarkConfigTest {
  private final PostmarkConfig usable = Fixtures.config(PostmarkConfig.API, 500);

  @Test
  void findsNothingWrongWithUsableSettings() {
    assertThat(usable.problems()).isEmpty();
    assertThat(usable).isEqualTo(Fixtures.config(PostmarkConfig.API, 500));
  }

  @Test
  void tellsEverythingThatIsWrong() {
    PostmarkConfig wrong =
        new PostmarkConfig(
            URI.create("mailto:a@b"),
            "a token\n",
            new PostmarkConfig.Mail("", "No Stream", false, false),
            new PostmarkConfig.Webhook("a:b", "", "X-House", ""),
            true,
            0,
            new HandOverLimits(501, 1, Duration.ofSeconds(1)),
            usable.http());

    assertThat(wrong.problems())
        .containsExactly(
            "api-url must be an address of the web",
            "server-token must be set",
            "message-stream must be the id of a stream, such as outbound",
            "webhook-user and webhook-password must be set both or neither",
            "webhook-header and webhook-header-secret must be set both or neither",
            "webhook-user must have no colon",
            "window must be 1 to 10000",
            "batch must be 1 to 500");
  }

  @Test
  void keepsSecretsToItself() {
    assertThat(usable.toString()).doesNotContain("server-token");
    assertThat(Fixtures.WEBHOOK.toString()).doesNotContain("password", "secret");
  }

  @ParameterizedTest
  @EnumSource
  void meansSomethingWithEachCode(PostmarkErrorCodes line) {
    assertThat(line.detail("1")).hasSizeBetween(3, 60);
    assertThat(line.outcome("1", "id", null)).isNotNull();
  }
}
