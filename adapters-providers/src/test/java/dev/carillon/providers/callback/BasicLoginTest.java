package dev.carillon.providers.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicLoginTest {
  private final BasicLogin login = new BasicLogin("post", "a:b \u00E4");

  @Test
  void knowsNameAndPassword() {
    assertThat(login.isShownBy(call("Basic " + encoded("post:a:b \u00E4")))).isTrue();
    assertThat(login.isShownBy(call("basic  " + encoded("post:a:b \u00E4")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"post:", "post:a:b", "post:a:b \u00E4x", ":a:b \u00E4", "POST:a:b \u00E4"})
  void knowsNoOther(String other) {
    assertThat(login.isShownBy(call("Basic " + encoded(other)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic", "Basic ", "Basic ***", "Bearer cG9zdA==", "cG9zdA=="})
  void knowsNothingThatIsNoLogin(String header) {
    assertThat(login.isShownBy(call(header))).isFalse();
  }

  @Test
  void asksForTheHeader() {
    assertThat(
            login.isShownBy(new CallbackRequest("POST", "", "", Map.of(), Map.of(), new byte[0])))
        .isFalse();
  }

  private static CallbackRequest call(String header) {
    return new CallbackRequest(
        "POST", "", "", Map.of(), Map.of("authorization", List.of(header)), new byte[0]);
  }

  private static String encoded(String credentials) {
    return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}
