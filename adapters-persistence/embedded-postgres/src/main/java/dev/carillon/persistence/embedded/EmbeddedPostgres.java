package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// A PostgreSQL server of this process, reachable from this machine only. It is ready when it is
/// returned and stops when it is closed; if this JVM is killed it shuts down cleanly by itself.
public final class EmbeddedPostgres implements AutoCloseable {
  /// In place of a port: any that is free.
  public static final int ANY_PORT = 0;

  private final DirectoryLock lock;
  private final Launcher.Launched server;
  private final String password;
  private final Durability durability;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgres(
      DirectoryLock lock, Launcher.Launched server, String password, Durability durability) {
    this.lock = lock;
    this.server = server;
    this.password = password;
    this.durability = durability;
  }

  /// A server on any free port whose data stay in the directory, which is made if need be.
  ///
  /// Throws [DataDirectoryInUseException] if another instance has it, [DataDirectoryException] if
  /// it is no place for data or what is in it is not whole, and [EmbeddedPostgresException] for all
  /// else that keeps the server from starting.
  public static EmbeddedPostgres persistent(Path directory) {
    return persistent(directory, ANY_PORT, Map.of());
  }

  /// As [#persistent(Path)], on the given port.
  public static EmbeddedPostgres persistent(Path directory, int port) {
    return persistent(directory, port, Map.of());
  }

  /// As [#persistent(Path)], with server parameters such as `max_connections`. Parameters that the
  /// promises of this class rest on are refused with an [IllegalArgumentException].
  public static EmbeddedPostgres persistent(
      Path directory, int port, Map<String, String> parameters) {
    ServerSettings settings = new ServerSettings(Durability.KEPT, parameters);
    return attempt(() -> {
      DataDirectory.prepare(directory);
      return start(Workspace.ofThisUser(), directory, port, settings, Durability.KEPT);
    });
  }

  /// A server without durability, for tests and tools; its data are deleted when it is closed, or
  /// when this JVM ends.
  public static EmbeddedPostgres temporary() {
    return temporary(Map.of());
  }

  /// As [#temporary()], with server parameters such as `max_connections`.
  public static EmbeddedPostgres temporary(Map<String, String> parameters) {
    ServerSettings settings = new ServerSettings(Durability.THROWN_AWAY, parameters);
    EmbeddedPostgres postgres =
        attempt(() -> {
          Workspace workspace = Workspace.ofThisUser();
          workspace.sweep();
          Path directory = workspace.newTemporary();
          return start(workspace, directory, ANY_PORT, settings, Durability.THROWN_AWAY);
        });
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "postgres-cleanup"));
    return postgres;
  }

  /// The JDBC URL of one of its databases; `postgres` is always there.
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  /// The superuser's name.
  public String user() {
    return Cluster.USER;
  }

  /// The superuser's password, made at random with the data and kept beside them.
  public String password() {
    return password;
  }

  /// The TCP port on the loopback interface.
  public int port() {
    return server.port();
  }

  /// Has the hook run, once, if the server ends without having been closed; at once if it has
  /// ended.
  public void onExit(Runnable hook) {
    server.process().onDeath(hook);
  }

  /// Stops the server and gives the directory free; open connections are cut.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    server.process().stop();
    try (lock) {
      if (durability == Durability.THROWN_AWAY) {
        Trees.delete(lock.directory());
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresException("could not clean up " + lock.directory(), e);
    }
  }

  long pid() {
    return server.process().pid();
  }

  Path directory() {
    return lock.directory();
  }

  private static EmbeddedPostgres start(
      Workspace workspace, Path directory, int port, ServerSettings settings, Durability durability)
      throws IOException, InterruptedException {
    DirectoryLock lock = DirectoryLock.acquire(directory);
    try {
      Binaries binaries = workspace.binaries();
      Cluster cluster = lock.cluster();
      cluster.prepare(binaries, durability);
      var server = new Launcher(binaries, cluster, settings).launch(port);
      return new EmbeddedPostgres(lock, server, cluster.password(), durability);
    } catch (IOException | InterruptedException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedPostgres attempt(Start start) {
    Platform.requireSupported();
    try {
      return start.run();
    } catch (FileSystemException e) {
      throw new EmbeddedPostgresException(
          "The embedded PostgreSQL could not be started: " + DataDirectory.reason(e), e);
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "The embedded PostgreSQL could not be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("Interrupted while starting the embedded PostgreSQL", e);
    }
  }

  @FunctionalInterface
  private interface Start {
    EmbeddedPostgres run() throws IOException, InterruptedException;
  }
}
