package dev.carillon.benchmarks.web;

import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.http.ApacheCarrierHttp;
import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.http.HttpLimits;
import dev.carillon.providers.twilio.TwilioCarrier;
import dev.carillon.providers.twilio.TwilioConfig;
import dev.carillon.providers.whatsapp.WhatsAppCarrier;
import dev.carillon.providers.whatsapp.WhatsAppConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs the HTTP client alone and a carrier that sends over it in turn, on one server.
public final class WebComparison {
  private static final String TEXT = "Hello, this is what we have to say to you and nobody else.";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Kind kind;
  private final int messages;
  private final int connections;

  public WebComparison(Kind kind, int messages, int connections) {
    this.kind = kind;
    this.messages = messages;
    this.connections = connections;
  }

  /// The rates of so many rounds, each of both in turn, the order turned around each time. A round
  /// before them is not counted.
  public List<Round> run(int rounds) throws Exception {
    List<Round> all = new ArrayList<>();
    try (WebServer server = new WebServer(kind.answer);
        BareClient bare = new BareClient(connections);
        ConnectedCarrier carrier = kind.carrier(server.uri(), connections)) {
      carrier.start();
      round(server, bare, carrier, true);
      for (int i = 0; i < rounds; i++) {
        all.add(round(server, bare, carrier, i % 2 == 0));
      }
    }
    return all;
  }

  private Round round(
      WebServer server, BareClient bare, ConnectedCarrier carrier, boolean bareFirst)
      throws Exception {
    long before = server.taken();
    double alone = bareFirst ? bare(server, bare) : 0;
    double within = CarrierRun.run(carrier, kind.content, messages);
    Round round = new Round(bareFirst ? alone : bare(server, bare), within);
    if (server.taken() - before != 2L * messages) {
      throw new IllegalStateException("the server did not get each message once");
    }
    return round;
  }

  private double bare(WebServer server, BareClient bare) throws Exception {
    return bare.run(
        server.uri().resolve("/messages"),
        kind.contentType,
        kind.body.getBytes(StandardCharsets.UTF_8),
        messages);
  }

  /// Messages a second.
  ///
  /// @param bare by the HTTP client alone
  /// @param carrier by the carrier
  public record Round(double bare, double carrier) {
    /// What the carrier does of what the client does.
    public double ratio() {
      return carrier / bare;
    }

    /// The round in the middle, by ratio.
    public static Round median(List<Round> rounds) {
      Round[] sorted = rounds.toArray(Round[]::new);
      Arrays.sort(sorted, (a, b) -> Double.compare(a.ratio(), b.ratio()));
      return sorted[sorted.length / 2];
    }
  }

  /// Which carrier, and a request as it writes it.
  public enum Kind {
    TWILIO(
        new SmsContent(TEXT, ""),
        "application/x-www-form-urlencoded",
        "To=%2B263771000000&StatusCallback=https%3A%2F%2Fbells.example.org%2Fcallbacks%2Ftwilio"
            + "%3Fref%3D1.0.1&Body=Hello%2C+this+is+what+we+have+to+say+to+you+and+nobody+else."
            + "&From=%2B15550001111&ValidityPeriod=3600&SmartEncoded=false",
        "{\"sid\":\"SM0123456789abcdef0123456789abcdef\",\"status\":\"queued\","
            + "\"error_code\":null,\"direction\":\"outbound-api\",\"num_segments\":\"1\"}"),
    WHATSAPP(
        new WhatsAppContent(TEXT, null, ""),
        "application/json",
        "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\","
            + "\"to\":\"+263771000000\",\"biz_opaque_callback_data\":\"1.0.1\",\"type\":\"text\","
            + "\"text\":{\"preview_url\":false,\"body\":\""
            + TEXT
            + "\"}}",
        "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"+263771000000\","
            + "\"wa_id\":\"263771000000\"}],\"messages\":[{\"id\":\"wamid.HBgLMTY0NjcwNDM1OTU\"}]}");

    private final Content content;
    private final String contentType;
    private final String body;
    private final String answer;

    Kind(Content content, String contentType, String body, String answer) {
      this.content = content;
      this.contentType = contentType;
      this.body = body;
      this.answer = answer;
    }

    private ConnectedCarrier carrier(URI api, int connections) {
      HandOverLimits handOver = new HandOverLimits(1, connections, LONG);
      HttpLimits http = new HttpLimits(connections, LONG, LONG, 1 << 16);
      return switch (this) {
        case TWILIO ->
            new TwilioCarrier(
                new CarrierId("twilio"),
                new TwilioConfig(
                    api,
                    new TwilioConfig.Account("AC" + "0".repeat(32), "token", "", "", ""),
                    new TwilioConfig.Senders("", "+15550001111", ""),
                    Map.of(),
                    Set.of(),
                    false,
                    true,
                    connections,
                    handOver,
                    http),
                new CallbackPlace(URI.create("https://bells.example.org"), ""),
                ApacheCarrierHttp::new,
                _ -> {},
                InstantSource.system());
        case WHATSAPP ->
            new WhatsAppCarrier(
                new CarrierId("whatsapp"),
                new WhatsAppConfig(
                    api,
                    "v23.0",
                    new WhatsAppConfig.Keys("token", "secret", "verify"),
                    "106540352242922",
                    Map.of(),
                    Set.of(),
                    false,
                    connections,
                    handOver,
                    http),
                ApacheCarrierHttp::new,
                InstantSource.system());
      };
    }
  }
}
