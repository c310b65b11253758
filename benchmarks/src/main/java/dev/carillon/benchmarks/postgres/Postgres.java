package dev.carillon.benchmarks.postgres;

import dev.carillon.persistence.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL of a run. One that was started is stopped when it is closed, and its data are
/// deleted unless they were asked for; a given one is left as it is.
public final class Postgres implements AutoCloseable {
  private static final Path SCRATCH_PARENT = Path.of(".carillon");

  private final PostgresAccess access;
  private final @Nullable EmbeddedPostgres started;
  private final @Nullable Path scratch;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Postgres(
      PostgresAccess access, @Nullable EmbeddedPostgres started, @Nullable Path scratch) {
    this.access = access;
    this.started = started;
    this.scratch = scratch;
  }

  static Postgres given(PostgresAccess access) {
    return new Postgres(access, null, null);
  }

  static Postgres started(@Nullable Path data) {
    Path directory = data == null ? newScratch() : data;
    EmbeddedPostgres postgres =
        EmbeddedPostgres.persistent(
            directory, EmbeddedPostgres.ANY_PORT, Map.of("max_connections", "200"));
    PostgresAccess access =
        new PostgresAccess(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
    Postgres own = new Postgres(access, postgres, data == null ? directory : null);
    Runtime.getRuntime().addShutdownHook(new Thread(own::close, "scratch-cleanup"));
    return own;
  }

  public PostgresAccess access() {
    return access;
  }

  /// A connection of the caller's own.
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
  }

  /// Writes what is dirty to disk, so that a measured run does not pay for the one before it.
  public void checkpoint() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (started != null) {
      started.close();
    }
    if (scratch != null) {
      delete(scratch);
    }
  }

  private static Path newScratch() {
    try {
      Files.createDirectories(SCRATCH_PARENT);
      return Files.createTempDirectory(SCRATCH_PARENT, "benchmark-").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
