package dev.carillon.providers.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhatsAppConfigTest {
  @Test
  void hasNoProblemsWhenItMayBeUsed() {
    assertThat(Fixtures.config().problems()).isEmpty();
    assertThat(Fixtures.config()).isEqualTo(Fixtures.config());
  }

  @Test
  void namesWhatIsWrong() {
    WhatsAppConfig.Keys none = new WhatsAppConfig.Keys("a b", " ", "");
    WhatsAppConfig good = Fixtures.config();
    WhatsAppConfig bad =
        new WhatsAppConfig(
            URI.create("graph.facebook.com"),
            "23",
            none,
            "+1555",
            Map.of("0771", "x"),
            Set.of(),
            false,
            0,
            good.handOver(),
            good.http());

    assertThat(bad.problems())
        .hasSize(9)
        .anyMatch(it -> it.startsWith("access-token"))
        .anyMatch(it -> it.startsWith("app-secret"))
        .anyMatch(it -> it.startsWith("verify-token"))
        .anyMatch(it -> it.startsWith("api-url"))
        .anyMatch(it -> it.startsWith("version"))
        .anyMatch(it -> it.startsWith("phone-number-id"))
        .anyMatch(it -> it.startsWith("numbers: 0771"))
        .anyMatch(it -> it.startsWith("numbers.0771"))
        .anyMatch(it -> it.startsWith("window"));
  }
}
