package dev.carillon.providers.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A peer on a socket that does to each connection what a test says, byte by byte.
final class RawPeer implements AutoCloseable {
  private static final Pattern LENGTH =
      Pattern.compile("(?i)content-length: *([0-9]+)", Pattern.CASE_INSENSITIVE);

  private final ServerSocket server;
  private final String scheme;
  private final Script script;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  private RawPeer(ServerSocket server, String scheme, Script script) {
    this.server = server;
    this.scheme = scheme;
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  static RawPeer doing(Script script) throws IOException {
    return new RawPeer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http", script);
  }

  static RawPeer overTls(ServerSocket server, Script script) {
    return new RawPeer(server, "https", script);
  }

  URI uri(String path) {
    return URI.create(scheme + "://localhost:" + server.getLocalPort() + path);
  }

  int connections() {
    return connections.get();
  }

  /// How many requests it has read whole.
  int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.serve(new Line(socket));
    } catch (IOException | InterruptedException over) {
      // the client has gone, which many tests are about
    }
  }

  /// What is done to a connection; it is closed afterwards.
  interface Script {
    void serve(Line line) throws IOException, InterruptedException;
  }

  /// One connection.
  final class Line {
    private final Socket socket;
    private final InputStream in;

    Line(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    Socket socket() {
      return socket;
    }

    /// Reads a whole request; the head of it.
    String request() throws IOException {
      String head = head();
      Matcher length = LENGTH.matcher(head);
      if (length.find()) {
        in.readNBytes(Integer.parseInt(length.group(1)));
      }
      requests.incrementAndGet();
      return head;
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    private String head() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("the client has closed the connection");
        }
        head.write(next);
      }
      return head.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
