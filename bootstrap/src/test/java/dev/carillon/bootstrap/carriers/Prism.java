package dev.carillon.bootstrap.carriers;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A proxy that holds requests and answers against a published description of an API: Prism, which
/// adapters-providers/peers/install.sh installs. Descriptions are looked for beside the project, or
/// where `carillon.peers.descriptions` says.
final class Prism implements AutoCloseable {
  private static final Path PROGRAM =
      Path.of("../adapters-providers/peers/node_modules/.bin/prism");
  private static final Path DESCRIPTIONS =
      Path.of(System.getProperty("carillon.peers.descriptions", "../../shared/peers"));

  private static final Duration START = Duration.ofSeconds(90);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Process process;
  private final int port;

  /// In front of another side. What does not fit the description is answered with 422 or 500 and
  /// never reaches the other side, or the carrier.
  Prism(Path description, URI behind, Path log) throws IOException {
    port = freePort();
    if (!Files.exists(PROGRAM)) {
      throw new AssertionError("there must be " + PROGRAM);
    }
    process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "proxy",
                "--errors",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                description.toString(),
                behind.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    awaitStart();
  }

  /// A published description.
  static Path description(String name) {
    Path description = DESCRIPTIONS.resolve(name);
    if (!Files.exists(description)) {
      throw new AssertionError("there must be " + description);
    }
    return description;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void awaitStart() throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new AssertionError("Prism does not start");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
