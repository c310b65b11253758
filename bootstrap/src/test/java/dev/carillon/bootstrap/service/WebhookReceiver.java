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
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// A receiver of webhooks that keeps what comes, answered or not.
final class WebhookReceiver implements AutoCloseable {
  private static final int NO_CONTENT = 204;

  private final HttpServer server;
  private final ToIntFunction<Received> answer;
  private final Function<Received, String> words;
  private final List<Received> received = new CopyOnWriteArrayList<>();

  private WebhookReceiver(
      HttpServer server, ToIntFunction<Received> answer, Function<Received, String> words) {
    this.server = server;
    this.answer = answer;
    this.words = words;
  }

  /// One that answers with the status that the function says.
  static WebhookReceiver answering(ToIntFunction<Received> answer) throws IOException {
    return answering(answer, _ -> "thanks");
  }

  private static WebhookReceiver answering(
      ToIntFunction<Received> answer, Function<Received, String> words) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    WebhookReceiver receiver = new WebhookReceiver(server, answer, words);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", receiver::serve);
    server.start();
    return receiver;
  }

  static WebhookReceiver willing() throws IOException {
    return answering(_ -> 200);
  }

  /// One that says back what it was told.
  static WebhookReceiver echoing() throws IOException {
    return answering(_ -> 200, Received::body);
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
      byte[] text = words.apply(one).getBytes(StandardCharsets.UTF_8);
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
