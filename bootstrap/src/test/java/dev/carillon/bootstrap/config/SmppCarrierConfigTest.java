package dev.carillon.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.smpp.SmppConfig;
import dev.carillon.providers.smpp.SmppIdForm;
import dev.carillon.providers.smpp.SmppPeer;
import dev.carillon.providers.smpp.SmppReceiptRules;
import dev.carillon.providers.smpp.SmppTreatment;
import dev.carillon.providers.smpp.SmppWording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmppCarrierConfigTest {
  @TempDir private Path directory;

  @Test
  void needsAHostAndANameOnly() throws IOException {
    assertThat(read("host = smsc.example.org", "system-id = me", "password = secret"))
        .isEqualTo(SmppConfig.to(SmppPeer.at("smsc.example.org", 2775, "me", "secret")));
  }

  @Test
  void takesEverythingThatCanBeSet() throws IOException {
    assertThat(
            read(
                "host = h",
                "port = 1",
                "tls = true",
                "tls-trust = ca.pem",
                "system-id = me",
                "password = p",
                "system-type = VMA",
                "address-range = \"^263\"",
                "bind = separate",
                "sessions = 2",
                "sessions-overall = 8",
                "window = 3",
                "per-second = 4",
                "queue = 5",
                "inbox = 6",
                "connect-timeout = 1s",
                "bind-timeout = 2s",
                "answer-timeout = 3s",
                "enquire-link = 4s",
                "enquire-timeout = 5s",
                "reconnect-from = 6s",
                "reconnect-to = 7s",
                "throttle-pause = 8s",
                "alphabet = latin1-as-default",
                "long-messages = sar",
                "validity = 9h",
                "validity-form = absolute",
                "service-type = CMT",
                "priority = 1",
                "sender = Shop",
                "source-ton = 5",
                "source-npi = 0",
                "destination-ton = 2",
                "destination-npi = 8",
                "destination-plus = true",
                "receipts = failures",
                "answer-ids = hex",
                "receipt-ids = decimal",
                "tlv-ids = hex",
                "unflagged-receipts = true",
                "receipt-zone = Africa/Harare",
                "stop-words = [STOP, MIRA]",
                "stops-for-sender = true",
                "codes = [\"0x45=blocked\", \"0xFF = unknown-destination\"]",
                "query = true"))
        .isEqualTo(
            new SmppConfig(
                new SmppPeer("h", 1, true, "ca.pem", "me", "p", "VMA", "^263"),
                new SmppConfig.Binds(true, 2, 8),
                new SmppConfig.Timing(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(7),
                    Duration.ofSeconds(8)),
                new SmppConfig.Limits(3, 4, 5, 6),
                new SmppWording(
                    SmppWording.Alphabet.LATIN1_AS_DEFAULT,
                    SmppWording.LongForm.SAR,
                    Duration.ofHours(9),
                    SmppWording.ValidityForm.ABSOLUTE,
                    "CMT",
                    1,
                    "Shop",
                    new SmppWording.Numbering(5, 0),
                    new SmppWording.Numbering(2, 8),
                    true),
                new SmppReceiptRules(
                    SmppReceiptRules.Asked.FAILURES,
                    SmppIdForm.HEX,
                    SmppIdForm.DECIMAL,
                    SmppIdForm.HEX,
                    true,
                    ZoneId.of("Africa/Harare"),
                    Set.of("STOP", "MIRA"),
                    true),
                Map.of(0x45, SmppTreatment.BLOCKED, 0xFF, SmppTreatment.UNKNOWN_DESTINATION),
                true));
  }

  @Test
  void tellsWhatCannotBeUsed() {
    assertThatThrownBy(() -> read("system-id = me", "codes = [\"0x45\"]", "receipt-zone = Nowhere"))
        .hasMessageContaining("host must be given")
        .hasMessageContaining("must be texts such as \"0x45=blocked\"")
        .hasMessageContaining("must be a time zone, such as Africa/Harare");
    assertThatThrownBy(() -> read("host = h", "system-id = me", "codes = [\"0x45=nonsense\"]"))
        .hasMessageContaining("must be texts such as");
  }

  private SmppConfig read(String... settings) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("carillon.conf"),
            "carillon.carriers.centre { type = smpp\n" + String.join("\n", settings) + "\n}");
    return (SmppConfig)
        Objects.requireNonNull(
            Configuration.load(file, Map.of()).carriers().carriers().get(new CarrierId("centre")));
  }
}
