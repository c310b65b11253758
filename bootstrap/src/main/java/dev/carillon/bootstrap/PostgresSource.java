package dev.carillon.bootstrap;

import dev.carillon.bootstrap.config.StoreConfig;
import dev.carillon.persistence.DatabaseConfig;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where the database comes from: given, or run by this process. One of its own is started in the
/// background, so that it comes up while everything else is being loaded.
public final class PostgresSource implements Supplier<DatabaseConfig>, AutoCloseable {
  /// What PostgreSQL itself, and a person who looks, need beside the pools.
  private static final int SPARE_CONNECTIONS = 15;

  private final StoreConfig config;
  private final @Nullable FutureTask<EmbeddedPostgres> embedded;
  private final boolean kept;

  private PostgresSource(
      StoreConfig config, @Nullable FutureTask<EmbeddedPostgres> embedded, boolean kept) {
    this.config = config;
    this.embedded = embedded;
    this.kept = kept;
  }

  /// The one that the configuration names: given, or its own with the data kept.
  public static PostgresSource of(StoreConfig config) {
    return config.isEmbedded()
        ? inBackground(
            config,
            () ->
                EmbeddedPostgres.persistent(
                    config.dataDirectory(), EmbeddedPostgres.ANY_PORT, parameters(config)),
            true)
        : new PostgresSource(config, null, true);
  }

  /// One of its own whose data are gone when it is closed.
  public static PostgresSource temporary(StoreConfig config) {
    return inBackground(config, () -> EmbeddedPostgres.temporary(parameters(config)), false);
  }

  /// The database, as soon as it is there.
  @Override
  public DatabaseConfig get() {
    if (embedded == null) {
      return config.given();
    }
    EmbeddedPostgres postgres = started(embedded);
    return config.at(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
  }

  /// The directory of a database of its own whose data are kept; empty for any other.
  public Optional<Path> directory() {
    return kept && embedded != null ? Optional.of(config.dataDirectory()) : Optional.empty();
  }

  /// Whether its data are gone when it is closed.
  public boolean isTemporary() {
    return !kept;
  }

  /// Has the hook run if a database of its own ends by itself.
  public void onDeath(Runnable hook) {
    if (embedded != null) {
      started(embedded).onExit(hook);
    }
  }

  /// Stops a database of its own; leaves a given one alone.
  @Override
  public void close() {
    if (embedded == null) {
      return;
    }
    EmbeddedPostgres postgres;
    try {
      postgres = started(embedded);
    } catch (RuntimeException neverStarted) {
      return;
    }
    postgres.close();
  }

  private static PostgresSource inBackground(
      StoreConfig config, Supplier<EmbeddedPostgres> starting, boolean kept) {
    FutureTask<EmbeddedPostgres> task = new FutureTask<>(starting::get);
    Thread.ofPlatform().name("postgres-start").start(task);
    return new PostgresSource(config, task, kept);
  }

  private static EmbeddedPostgres started(FutureTask<EmbeddedPostgres> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("PostgreSQL could not be started", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL was starting", e);
    }
  }

  private static Map<String, String> parameters(StoreConfig config) {
    int connections =
        config.callConnections()
            + config.engineConnections()
            + config.houseConnections()
            + SPARE_CONNECTIONS;
    return Map.of("max_connections", Integer.toString(connections));
  }
}
