package dev.carillon.bootstrap.fault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Stands between PostgreSQL and its clients and breaks what is between them: it delays, falls
/// silent, cuts, refuses, and loses the answer to a COMMIT that the server has carried out.
final class FaultProxy implements AutoCloseable {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final int BACKLOG = 200;
  private static final Duration LONGEST_ACCEPT = Duration.ofSeconds(5);

  private final int port;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile int target;
  private volatile Duration delay = Duration.ZERO;
  private volatile Predicate<String> losing = _ -> false;
  private volatile @Nullable ServerSocket listening;
  private volatile @Nullable Thread accepting;
  private volatile CountDownLatch silence = new CountDownLatch(0);

  /// Forwards to a port of this machine, until told otherwise.
  FaultProxy(int target) throws IOException {
    this.target = target;
    this.port = listen(0);
  }

  /// Where clients connect to.
  int port() {
    return port;
  }

  /// A JDBC URL that leads through here.
  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /// Forwards new connections to another server.
  void pointTo(int other) {
    target = other;
  }

  /// Every question and every answer takes so much longer on its way.
  void delay(Duration time) {
    delay = time;
  }

  /// From now on nothing comes through and nothing is closed, as if a cable had been pulled; what
  /// is said meanwhile arrives when it speaks again.
  void fallSilent() {
    silence = new CountDownLatch(1);
  }

  /// Ends the silence.
  void speak() {
    silence.countDown();
  }

  /// Breaks all connections off (RST), and what is on its way with them; new ones are taken.
  void cut() {
    connections.forEach(ProxiedConnection::reset);
  }

  /// Breaks all connections off and refuses new ones, as if the server were not running.
  void refuse() throws IOException {
    stopListening();
    cut();
  }

  /// Takes connections again.
  void accept() throws IOException {
    listen(port);
  }

  /// Asked, with the application's name of the connection, at each COMMIT that the server has
  /// carried out: if it says so, the client never hears of it, and its connection is broken off.
  void loseCommits(Predicate<String> which) {
    losing = which;
  }

  /// How many answers to a COMMIT were lost.
  int lostCommits() {
    return lost.get();
  }

  @Override
  public void close() throws IOException {
    stopListening();
    speak();
    cut();
  }

  /// Holds a message back as long as the fault wants it.
  ///
  /// @param last whether it is the last of a question or of an answer
  void passOne(boolean last) throws InterruptedException {
    if (last && delay.isPositive()) {
      Thread.sleep(delay);
    }
    silence.await();
  }

  /// Whether the answer to this COMMIT is to be lost.
  boolean loses(String application) {
    boolean loses = losing.test(application);
    if (loses) {
      lost.incrementAndGet();
    }
    return loses;
  }

  void ended(ProxiedConnection connection) {
    connections.remove(connection);
  }

  private int listen(int wanted) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(HERE, wanted), BACKLOG);
    listening = server;
    accepting = Thread.ofVirtual().name("fault-proxy").start(() -> acceptAll(server));
    return server.getLocalPort();
  }

  private void stopListening() throws IOException {
    ServerSocket server = listening;
    if (server != null) {
      server.close();
    }
    awaitLastAccept();
  }

  /// The port is open as long as somebody accepts at it.
  private void awaitLastAccept() throws IOException {
    Thread last = accepting;
    try {
      if (last != null && !last.join(LONGEST_ACCEPT)) {
        throw new IOException("the port does not close");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void acceptAll(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        take(server.accept());
      } catch (IOException refused) {
        // It listens no longer, or the server behind it is not there; the client was told.
      }
    }
  }

  private void take(Socket client) throws IOException {
    try {
      client.setTcpNoDelay(true);
      Socket server = new Socket(HERE, target);
      server.setTcpNoDelay(true);
      ProxiedConnection connection = new ProxiedConnection(this, client, server);
      connections.add(connection);
      connection.start();
    } catch (IOException unreachable) {
      ProxiedConnection.reset(client);
      throw unreachable;
    }
  }
}
