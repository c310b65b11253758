package dev.carillon.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.callback.StopWords;
import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.http.HttpLimits;
import dev.carillon.providers.whatsapp.WhatsAppConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatsAppCarrierConfigTest {
  @TempDir Path directory;

  @Test
  void needsItsKeysAndANumberOnly() throws IOException {
    assertThat(
            read(
                "access-token = a",
                "app-secret = s",
                "verify-token = v",
                "phone-number-id = \"106540352242922\""))
        .isEqualTo(
            new WhatsAppConfig(
                URI.create("https://graph.facebook.com"),
                "v23.0",
                new WhatsAppConfig.Keys("a", "s", "v"),
                "106540352242922",
                Map.of(),
                StopWords.USUAL,
                false,
                200,
                new HandOverLimits(1, 50, Duration.ofSeconds(10)),
                new HttpLimits(50, Duration.ofSeconds(5), Duration.ofSeconds(30), 65_536)));
  }

  @Test
  void takesEverythingThatCanBeSet() throws IOException {
    assertThat(
            read(
                "api-url = \"http://127.0.0.1:4010\"",
                "version = v24.0",
                "access-token = a",
                "app-secret = s",
                "verify-token = v",
                "phone-number-id = 1",
                "numbers = [\"+263771234567=2\"]",
                "stop-words = MIRA",
                "marketing-stops = true",
                "window = 7",
                "concurrency = 3",
                "queue-timeout = 1s",
                "connect-timeout = 2s",
                "answer-timeout = 4s"))
        .isEqualTo(
            new WhatsAppConfig(
                URI.create("http://127.0.0.1:4010"),
                "v24.0",
                new WhatsAppConfig.Keys("a", "s", "v"),
                "1",
                Map.of("+263771234567", "2"),
                Set.of("MIRA"),
                true,
                7,
                new HandOverLimits(1, 3, Duration.ofSeconds(1)),
                new HttpLimits(3, Duration.ofSeconds(2), Duration.ofSeconds(4), 65_536)));
  }

  @Test
  void tellsEverythingThatIsWrongWithoutTheSecrets() {
    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () -> read("access-token = \"hush hush\"", "version = 23", "numbers = [\"0771=x\"]"));

    assertThat(refused.getMessage())
        .contains("access-token must be set")
        .contains("app-secret must be set")
        .contains("verify-token must be set")
        .contains("version must look like v23.0")
        .contains("phone-number-id must be digits")
        .contains("0771 must be a number like +263771234567")
        .doesNotContain("hush");
  }

  private WhatsAppConfig read(String... settings) throws IOException {
    Path file = directory.resolve("carillon.conf");
    Files.writeString(
        file, "carillon.carriers.bell { type = whatsapp\n" + String.join("\n", settings) + "\n}\n");
    CarrierConfig read =
        Configuration.load(file, Map.of()).carriers().carriers().get(new CarrierId("bell"));
    return (WhatsAppConfig) Objects.requireNonNull(read);
  }
}
