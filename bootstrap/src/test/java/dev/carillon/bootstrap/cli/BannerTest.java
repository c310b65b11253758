package dev.carillon.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BannerTest {
  @Test
  void showsANewKeyInLinesThatCanBePasted() {
    String text = print(banner("sk_test_abc", false));

    assertThat(text)
        .contains("Carillon 1.2.3 serves at 127.0.0.1:9090", "1.23 s", "shown this once")
        .contains("grpcurl -plaintext -H 'x-api-key: sk_test_abc' -d '{\"request_id\"")
        .contains("buf curl --protocol grpc --http2-prior-knowledge")
        .contains("http://127.0.0.1:9090/carillon.v1.BulkJobService/CreateBulkJob");
  }

  @Test
  void saysHowToGetAKeyWhenNoneWasMade() {
    assertThat(print(banner("", false)))
        .contains("--new-key", "x-api-key: <test key>")
        .doesNotContain("operator key", "shown this once");
  }

  @Test
  void showsAnOperatorsKeyBesideTheTestKeyAndNowhereElse() {
    String text =
        print(
            new Banner(
                "1.2.3",
                "127.0.0.1:9090",
                false,
                "embedded PostgreSQL",
                new Banner.Keys("", "sk_test_operator"),
                Duration.ofSeconds(1)));

    assertThat(text).containsOnlyOnce("operator key sk_test_operator").contains("shown this once");
    assertThat(text).contains("x-api-key: <test key>");
  }

  @Test
  void itsLinesSpeakTlsWhenTheServiceDoes() {
    assertThat(print(banner("sk_test_abc", true)))
        .contains("(TLS)", "grpcurl -insecure", "https://127.0.0.1:9090/")
        .doesNotContain("-plaintext", "http2-prior-knowledge");
  }

  private static Banner banner(String key, boolean tls) {
    return new Banner(
        "1.2.3",
        "127.0.0.1:9090",
        tls,
        "embedded PostgreSQL",
        new Banner.Keys(key, ""),
        Duration.ofMillis(1_234));
  }

  private static String print(Banner banner) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    banner.print(new PrintStream(written, true, StandardCharsets.UTF_8));
    return written.toString(StandardCharsets.UTF_8);
  }
}
