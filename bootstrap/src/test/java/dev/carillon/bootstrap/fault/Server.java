package dev.carillon.bootstrap.fault;

import dev.carillon.persistence.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A PostgreSQL whose data stay, to be stopped in ways in which nobody should stop one.
final class Server implements AutoCloseable {
  private final Path directory;
  private final Map<String, String> parameters;
  private EmbeddedPostgres postgres;
  private final int port;

  /// Starts it with its data in that directory.
  Server(Path directory, Map<String, String> parameters) {
    this.directory = directory;
    this.parameters = parameters;
    this.postgres = EmbeddedPostgres.persistent(directory, EmbeddedPostgres.ANY_PORT, parameters);
    this.port = postgres.port();
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  /// Its data directory, as PostgreSQL has it.
  Path data() {
    return directory.resolve("cluster").resolve("data");
  }

  /// Stops it without a checkpoint, so that it has to recover (`pg_ctl stop -m immediate`).
  void stopImmediately() throws Exception {
    long pid = pid();
    signal("QUIT", pid);
    Until.holds("the server's end", () -> !isAlive(pid));
    postgres.close();
  }

  /// Kills every process of it at once, as a power cut would.
  void kill() throws Exception {
    ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    Until.holds("the server's end", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    postgres.close();
  }

  /// Starts it again, at the same port.
  void restart() {
    postgres = EmbeddedPostgres.persistent(directory, port, parameters);
  }

  /// Whether it runs.
  boolean isUp() {
    try {
      return isAlive(pid());
    } catch (IOException stopped) {
      return false;
    }
  }

  @Override
  public void close() {
    postgres.close();
  }

  /// Sends a process a signal that Java does not know.
  static void signal(String name, long pid) throws Exception {
    int code = new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid).start().waitFor();
    if (code != 0) {
      throw new AssertionError("process " + pid + " could not be sent " + name);
    }
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).getFirst().strip());
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
