package dev.carillon.bootstrap.carriers;

import dev.carillon.persistence.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A carrier's side of its calls: Meta's webhooks about WhatsApp messages, signed by the app's
/// secret.
final class Hook implements AutoCloseable {
  private static final String SECRET = "the-secret-of-the-app";

  /// The carrier `meta`, which is never sent anything here, and the listener.
  static final String SETTINGS =
      """
      carillon {
        carriers.meta {
          type = whatsapp
          api-url = "http://127.0.0.1:1"
          access-token = an-access-token
          app-secret = %s
          verify-token = a-verify-token
          phone-number-id = "1055512345"
        }
        callbacks { enabled = true, requests-per-second = 1000000 }
      }
      """
          .formatted(SECRET);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI address;

  Hook(int port) {
    this(port, "meta");
  }

  Hook(int port, String carrier) {
    this.address = URI.create("http://127.0.0.1:" + port + "/callbacks/" + carrier);
  }

  /// As if all that was handed over had gone to `meta`: in TEST it goes to the simulated carrier,
  /// and no carrier is believed about what another one was given.
  static void takeOver(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE job SET provider = 'meta'");
    }
  }

  /// What the service has to know to work on that database.
  static Map<String, String> database(EmbeddedPostgres postgres) {
    return Map.of(
        "CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"),
        "CARILLON_DATABASE_USER", postgres.user(),
        "CARILLON_DATABASE_PASSWORD", postgres.password());
  }

  /// What tells of each of these messages, by our references, that it has that status.
  static String about(List<String> references, String status) {
    return references.stream()
        .map(reference ->
            """
            {"id": "wamid.%s", "status": "%s", "timestamp": "1794000000",
             "recipient_id": "263771000000", "biz_opaque_callback_data": "%s"}\
            """
                .formatted(reference, status, reference))
        .collect(
            Collectors.joining(
                ",",
                """
                {"object": "whatsapp_business_account",
                 "entry": [{"id": "1", "changes": [{"field": "messages", "value":
                 {"messaging_product": "whatsapp", "statuses": [\
                """,
                "]}}]}]}"));
  }

  /// Calls with the right signature; the status of the answer.
  int call(String body) throws IOException, InterruptedException {
    return call(body, signature(body));
  }

  /// Calls; the status of the answer.
  ///
  /// @param signature none is shown when it is empty
  int call(String body, String signature) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(body));
    if (!signature.isEmpty()) {
      request.header("X-Hub-Signature-256", signature);
    }
    HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
    return answer.statusCode();
  }

  static String signature(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] sign = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(sign);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
