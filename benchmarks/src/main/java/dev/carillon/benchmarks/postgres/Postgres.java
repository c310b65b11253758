package dev.carillon.benchmarks.postgres;

import dev.carillon.persistence.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL of a run. One that was started is stopped when it is closed, and its data are
/// deleted unless they were asked for; a given one is left as it is.
public final class Postgres implements AutoCloseable {
  private final PostgresAccess access;
  private final @Nullable EmbeddedPostgres started;
  private final @Nullable ScratchDirectory scratch;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Postgres(
      PostgresAccess access,
      @Nullable EmbeddedPostgres started,
      @Nullable ScratchDirectory scratch) {
    this.access = access;
    this.started = started;
    this.scratch = scratch;
  }

  static Postgres given(PostgresAccess access) {
    return new Postgres(access, null, null);
  }

  static Postgres started(@Nullable Path data) {
    if (data != null) {
      return started(data, null);
    }
    ScratchDirectory scratch = ScratchDirectory.create("benchmark-");
    return started(scratch.path(), scratch);
  }

  private static Postgres started(Path directory, @Nullable ScratchDirectory scratch) {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.persistent(
            directory, EmbeddedPostgres.ANY_PORT, Map.of("max_connections", "200"));
    PostgresAccess access =
        new PostgresAccess(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
    Postgres own = new Postgres(access, postgres, scratch);
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
      scratch.close();
    }
  }
}
