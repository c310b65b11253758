package dev.carillon.providers.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A receiver of webhooks at a loopback address that answers as a test wants it to.
final class Receiver implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final int BUFFER = 64 * 1_024;

  private final ServerSocket server;
  private final Answer answer;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private Receiver(ServerSocket server, Answer answer) {
    this.server = server;
    this.answer = answer;
    Thread.ofVirtual().start(this::accept);
  }

  static Receiver answering(String text) throws IOException {
    return at("127.0.0.1", text);
  }

  static Receiver at(String address, String text) throws IOException {
    return new Receiver(
        new ServerSocket(0, 50, InetAddress.ofLiteral(address)),
        out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Receiver doing(Answer answer) throws IOException {
    return new Receiver(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
  }

  static Receiver over(ServerSocket server) {
    return new Receiver(server, out -> out.write(OK.getBytes(StandardCharsets.UTF_8)));
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://" + server.getInetAddress().getHostAddress() + ":" + port() + "/hooks?a=b";
  }

  List<Received> received() {
    return received;
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      // so that what was written was nearly read
      socket.setSendBufferSize(BUFFER);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String line = line(in);
      Map<String, String> headers = new TreeMap<>();
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      received.add(new Received(line, headers, body));
      answer.write(socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException | RuntimeException broken) {
      // the other side has had enough, or is no client of HTTP
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /// What came.
  record Received(String line, Map<String, String> headers, String body) {}

  /// What is written back, after the request was read.
  interface Answer {
    void write(OutputStream out) throws IOException;
  }
}
