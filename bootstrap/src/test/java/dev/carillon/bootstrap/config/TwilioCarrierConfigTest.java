package dev.carillon.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.callback.StopWords;
import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.http.HttpLimits;
import dev.carillon.providers.twilio.TwilioConfig;
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

class TwilioCarrierConfigTest {
  private static final String SID = "AC" + "f".repeat(32);

  @TempDir Path directory;

  @Test
  void needsAnAccountAndASenderOnly() throws IOException {
    assertThat(read("account-sid = " + SID, "auth-token = t", "from = ACME"))
        .isEqualTo(
            new TwilioConfig(
                URI.create("https://api.twilio.com"),
                new TwilioConfig.Account(SID, "t", "", "", ""),
                new TwilioConfig.Senders("", "ACME", ""),
                Map.of(),
                StopWords.USUAL,
                false,
                true,
                200,
                new HandOverLimits(1, 50, Duration.ofSeconds(10)),
                new HttpLimits(50, Duration.ofSeconds(5), Duration.ofSeconds(30), 65_536)));
  }

  @Test
  void takesEverythingThatCanBeSet() throws IOException {
    String service = "MG" + "a".repeat(32);
    String key = "SK" + "b".repeat(32);
    String order = "HX" + "c".repeat(32);
    String any = "HX" + "d".repeat(32);

    assertThat(
            read(
                "api-url = \"http://127.0.0.1:4010\"",
                "account-sid = " + SID,
                "auth-token = t",
                "other-auth-token = u",
                "api-key-sid = " + key,
                "api-key-secret = s",
                "messaging-service-sid = " + service,
                "whatsapp-from = \"+263771234567\"",
                "templates = [\"order/en=" + order + "\", \"any = " + any + "\"]",
                "stop-words = [STOP, MIRA]",
                "smart-encoding = true",
                "inquiry = false",
                "window = 7",
                "concurrency = 3",
                "queue-timeout = 1s",
                "connect-timeout = 2s",
                "answer-timeout = 4s"))
        .isEqualTo(
            new TwilioConfig(
                URI.create("http://127.0.0.1:4010"),
                new TwilioConfig.Account(SID, "t", "u", key, "s"),
                new TwilioConfig.Senders(service, "", "+263771234567"),
                Map.of("order/en", order, "any", any),
                Set.of("STOP", "MIRA"),
                true,
                false,
                7,
                new HandOverLimits(1, 3, Duration.ofSeconds(1)),
                new HttpLimits(3, Duration.ofSeconds(2), Duration.ofSeconds(4), 65_536)));
  }

  @Test
  void tellsEverythingThatIsWrongWithoutTheSecrets() {
    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () ->
                read(
                    "account-sid = AC1",
                    "auth-token = hush",
                    "api-key-secret = hush",
                    "templates = [order]",
                    "concurrency = 0",
                    "colour = blue"));

    assertThat(refused.getMessage())
        .contains("account-sid must be AC and 32 hexadecimal digits")
        .contains("api-key-sid and api-key-secret must be set both or neither")
        .contains("templates must be texts such as")
        .contains("concurrency must be a whole number from 1 to 1000, not 0")
        .contains("one of messaging-service-sid, from and whatsapp-from must be set")
        .contains("carillon.carriers.bell.colour is no key")
        .doesNotContain("hush");
  }

  private TwilioConfig read(String... settings) throws IOException {
    Path file = directory.resolve("carillon.conf");
    Files.writeString(
        file, "carillon.carriers.bell { type = twilio\n" + String.join("\n", settings) + "\n}\n");
    CarrierConfig read =
        Configuration.load(file, Map.of()).carriers().carriers().get(new CarrierId("bell"));
    return (TwilioConfig) Objects.requireNonNull(read);
  }
}
