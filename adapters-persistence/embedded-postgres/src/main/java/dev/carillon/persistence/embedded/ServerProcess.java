package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// A running postmaster. It ends with this JVM, however that ends.
final class ServerProcess {
  // Long, as recovery after a crash comes before readiness; a server that gives up is seen at once.
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  // Signals of the postmaster: INT is the fast shutdown, QUIT the immediate one (PostgreSQL manual,
  // 18.5 Shutting Down the Server). TERM would wait for the clients.
  private static final Duration FAST_STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE_STOP_LIMIT = Duration.ofSeconds(5);
  // Line 8 of postmaster.pid is the postmaster's status (PostgreSQL, src/include/utils/pidfile.h,
  // LOCK_FILE_LINE_PM_STATUS).
  private static final int STATUS_LINE = 7;

  private final Cluster cluster;
  private final Process process;
  private final CompletableFuture<Void> diedByItself = new CompletableFuture<>();
  private volatile boolean stopping;

  private ServerProcess(Cluster cluster, Process process) {
    this.cluster = cluster;
    this.process = process;
  }

  /// Starts the server and waits until it takes connections.
  static ServerProcess start(Cluster cluster, List<String> command)
      throws IOException, InterruptedException {
    ServerProcess server = launch(cluster, command);
    try {
      server.awaitReady();
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.stop();
      throw e;
    }
  }

  long pid() {
    return process.pid();
  }

  /// Runs the hook once if the server ends without having been told to, at once if it has already.
  void onDeath(Runnable hook) {
    var _ = diedByItself.thenRun(hook);
  }

  /// Ends the server; open connections are cut, committed data are safe. Calling it again does
  /// nothing, and an interrupt does not turn it into something harsher.
  void stop() {
    stopping = true;
    try {
      if (!endsBy("INT", FAST_STOP_LIMIT) && !endsBy("QUIT", IMMEDIATE_STOP_LIMIT)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  private boolean endsBy(String signal, Duration limit) throws IOException {
    if (process.isAlive()) {
      Command.signal(signal, process.pid());
    }
    return process
        .onExit()
        .thenApply(_ -> true)
        .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /// The parent-death signal fires when the thread that forked ends, not only when its process
  /// does, so a thread of its own lives as long as the server.
  private static ServerProcess launch(Cluster cluster, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        Command.builder(command).redirectErrorStream(true).redirectOutput(cluster.log().toFile());
    CompletableFuture<ServerProcess> launched = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("postgres").start(() -> parent(cluster, builder, launched));
    try {
      return launched.get();
    } catch (ExecutionException e) {
      throw new IOException("could not run " + command.getFirst(), e.getCause());
    }
  }

  private static void parent(
      Cluster cluster, ProcessBuilder builder, CompletableFuture<ServerProcess> launched) {
    try {
      ServerProcess server = new ServerProcess(cluster, builder.start());
      launched.complete(server);
      server.process.waitFor();
      if (!server.stopping) {
        server.diedByItself.complete(null);
      }
    } catch (IOException | RuntimeException e) {
      launched.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    boolean decided = Poll.until(START_LIMIT, () -> !process.isAlive() || isReady());
    if (!process.isAlive()) {
      throw new ServerDiedAtStartException(Files.readString(cluster.log()));
    }
    if (!decided) {
      throw new EmbeddedPostgresException(
          "PostgreSQL was not ready after %s:%n%s"
              .formatted(START_LIMIT, Files.readString(cluster.log())));
    }
  }

  private boolean isReady() throws IOException {
    try {
      List<String> lines = Files.readAllLines(cluster.pidFile());
      return lines.size() > STATUS_LINE
          && lines.getFirst().strip().equals(Long.toString(process.pid()))
          && lines.get(STATUS_LINE).strip().equals("ready");
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
