package dev.carillon.bootstrap.carriers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.bootstrap.carriers.ReceiptSender.Call;
import dev.carillon.v1.MessageStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Postmark, by the examples of its documentation. What becomes of a mail is told by its address;
/// every seventh batch is taken whole and its answer lost, every eleventh taken whole and answered
/// with an error.
final class PostmarkPeer implements AutoCloseable {
  static final String TOKEN = "server-token";
  static final String PASSWORD = "a password";
  private static final int LOSES = 7;
  private static final int FAILS = 11;

  private final HttpServer server;
  private final ReceiptSender sender = new ReceiptSender();
  private final AtomicInteger batches = new AtomicInteger();
  private final Map<String, Queue<String>> taken = new ConcurrentHashMap<>();
  private final Map<String, MessageStatus> ends = new ConcurrentHashMap<>();
  private final Queue<String> bugs = new ConcurrentLinkedQueue<>();
  private volatile String hook = "";

  PostmarkPeer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/email/batch", this::take);
    server.createContext("/messages/outbound", exchange -> answer(exchange, 200, "{}"));
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Where it calls.
  void callAt(String url) {
    hook = url;
  }

  /// What each address was sent, as far as it was taken.
  Map<String, Queue<String>> taken() {
    return taken;
  }

  /// How each mail ends.
  Map<String, MessageStatus> ends() {
    return ends;
  }

  int batches() {
    return batches.get();
  }

  /// What went wrong here.
  List<String> bugs() {
    if (sender.failed() > 0) {
      bugs.add(sender.failed() + " calls were never answered with 2xx");
    }
    return List.copyOf(bugs);
  }

  @Override
  public void close() {
    server.stop(0);
    sender.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Postmark-Server-Token"))) {
      answer(exchange, 401, "{\"ErrorCode\": 10, \"Message\": \"no\"}");
      return;
    }
    int batch = batches.incrementAndGet();
    boolean whole = batch % LOSES == 0 || batch % FAILS == 0;
    JsonArray results = new JsonArray();
    try {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      for (JsonElement mail : JsonParser.parseString(body).getAsJsonArray()) {
        results.add(result(mail.getAsJsonObject(), whole));
      }
    } catch (RuntimeException e) {
      bugs.add(e.toString());
    }
    if (batch % LOSES == 0) {
      exchange.close();
    } else {
      answer(exchange, batch % FAILS == 0 ? 500 : 200, results.toString());
    }
  }

  private JsonObject result(JsonObject mail, boolean whole) {
    String to = mail.get("To").getAsString();
    Fate fate = whole ? Fate.DELIVERED : MailJob.fate(to);
    JsonObject result = new JsonObject();
    result.addProperty("To", to);
    if (!fate.isTaken()) {
      result.addProperty("ErrorCode", fate == Fate.UNSUBSCRIBED ? 406 : 300);
      result.addProperty("Message", "no " + to);
      ends.put(to, MessageStatus.MESSAGE_STATUS_FAILED);
      return result;
    }
    String id = UUID.randomUUID().toString();
    taken
        .computeIfAbsent(to, _ -> new ConcurrentLinkedQueue<>())
        .add(mail.get("TextBody").getAsString());
    tell(mail, id, fate);
    result.addProperty("SubmittedAt", "2026-03-01T10:00:00.1234567-05:00");
    result.addProperty("MessageID", id);
    result.addProperty("ErrorCode", 0);
    result.addProperty("Message", "OK");
    return result;
  }

  private void tell(JsonObject mail, String id, Fate fate) {
    String to = mail.get("To").getAsString();
    JsonElement metadata = mail.get("Metadata");
    List<Call> calls = new ArrayList<>();
    switch (fate) {
      case UNDELIVERED -> {
        ends.put(to, MessageStatus.MESSAGE_STATUS_UNDELIVERED);
        calls.add(call("Bounce", "\"Type\": \"SoftBounce\", \"BouncedAt\"", id, metadata));
      }
      case READ -> {
        ends.put(to, MessageStatus.MESSAGE_STATUS_READ);
        calls.add(call("Open", "\"ReceivedAt\"", id, metadata));
        calls.add(call("Delivery", "\"DeliveredAt\"", id, metadata));
      }
      default -> {
        ends.put(to, MessageStatus.MESSAGE_STATUS_DELIVERED);
        calls.add(call("Delivery", "\"DeliveredAt\"", id, metadata));
        calls.add(call("Delivery", "\"DeliveredAt\"", id, metadata));
      }
    }
    if (fate == Fate.EARLY) {
      sender.now(calls);
    } else {
      sender.later(calls);
    }
  }

  private Call call(String type, String time, String id, JsonElement metadata) {
    String body =
        """
        {"RecordType": "%s", "MessageStream": "outbound", "ServerID": 23, "MessageID": "%s",
         %s: "2026-03-01T10:00:00.9070259Z", "Metadata": %s}\
        """
            .formatted(type, id, time, metadata);
    String login =
        Base64.getEncoder()
            .encodeToString(("postmark:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return new Call(
        hook,
        "application/json",
        Map.of("Authorization", "Basic " + login),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }
}
