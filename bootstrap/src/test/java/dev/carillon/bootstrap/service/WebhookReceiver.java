package dev.carillon.bootstrap.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/// A receiver of webhooks that keeps what comes, answered or not.
final class WebhookReceiver implements AutoCloseable {
  private static final int NO_CONTENT = 204;

  private final HttpServer server;
  private final ToIntFunction<Received> answer;
  private final List<Received> received = new CopyOnWriteArrayList<>();

  private WebhookReceiver(HttpServer server, ToIntFunction<Received> answer) {
    this.server = server;
    this.answer = answer;
  }

  /// One that answers with the status that the function says.
  static WebhookReceiver answering(ToIntFunction<Received> answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    WebhookReceiver receiver = new WebhookReceiver(server, answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", receiver::serve);
    server.start();
    return receiver;
  }

  static WebhookReceiver willing() throws IOException {
    return answering(_ -> 200);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
  }

  /// In the order in which it came.
  List<Received> received() {
    return received;
  }

  /// What came of one type.
  List<Received> received(String type) {
    return received.stream()
        .filter(one -> one.body().contains("\"event\":\"" + type + "\""))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Received one = new Received(headers, body);
      received.add(one);
      byte[] text = "thanks".getBytes(StandardCharsets.UTF_8);
      int status = answer.applyAsInt(one);
      exchange.sendResponseHeaders(status, status == NO_CONTENT ? -1 : text.length);
      if (status != NO_CONTENT) {
        exchange.getResponseBody().write(text);
      }
    }
  }

  /// One request.
  record Received(Map<String, String> headers, String body) {
    String id() {
      return headers.getOrDefault("webhook-id", "");
    }
  }
}
