package dev.carillon.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org",
        "HTTPS://Example.org/a/b?c=d&e=%20",
        "https://example.org:8443/",
        "https://xn--bcher-kva.example/",
        "https://192.0.2.1/",
        "https://[2001:db8::1]:443/",
        "https://a.b-c.example/hook"
      })
  void takesAddressesOfTheWeb(String url) {
    assertThat(WebhookUrl.problem(url, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "http://example.org/",
        "https:example.org",
        "https://",
        "https://:443/",
        "https://user@example.org/",
        "https://@example.org/",
        "https://example.org/#",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://exa_mple.org/",
        "https://exämple.org/",
        "https://example.org/ä",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://127.1/",
        "https://1/",
        "https://0x7f.0.0.1/",
        "https://01.2.3.4/",
        "https://1.2.3.256/",
        "https://1.2.3.4.5/"
      })
  void refusesEverythingElse(String url) {
    assertThat(WebhookUrl.problem(url, false)).isPresent();
  }

  @Test
  void takesHttpWhereThatIsConfigured() {
    assertThat(WebhookUrl.problem("http://example.org/", true)).isEmpty();
    assertThat(WebhookUrl.problem("ftp://example.org/", true)).isPresent();
  }

  @Test
  void boundsTheLength() {
    String start = "https://example.org/";
    assertThat(WebhookUrl.problem(start + "a".repeat(2_048 - start.length()), false)).isEmpty();
    assertThat(WebhookUrl.problem(start + "a".repeat(2_049 - start.length()), false)).isPresent();
  }
}
