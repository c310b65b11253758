package dev.carillon.bootstrap.service;

import dev.carillon.bootstrap.Carillon;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.config.StoreConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// A whole service of this process on a port of its own, and a client of it. On a temporary
/// embedded PostgreSQL; with `-Dcarillon.test.database=container`, where an engine is at hand, on
/// one in a container.
public final class RunningCarillon implements AutoCloseable {
  private static final String URL = "CARILLON_DATABASE_URL";
  private static final String IMAGE = "postgres:18-alpine";

  private final Carillon carillon;
  private final Client client;
  private final @Nullable PostgreSQLContainer container;

  private RunningCarillon(
      Configuration configuration, PostgresSource source, @Nullable PostgreSQLContainer container) {
    this.carillon = Carillon.start(configuration, source);
    this.container = container;
    String key = carillon.firstKey().or(carillon::newTestKey).orElseThrow();
    this.client = new Client(carillon.port(), key);
  }

  /// With settings given by the names of their environment variables.
  public static RunningCarillon with(Map<String, String> settings) {
    return with(null, settings);
  }

  /// With a configuration file besides.
  public static RunningCarillon with(@Nullable Path file, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("CARILLON_GRPC_PORT", "0");
    if (!wantsContainer() || settings.containsKey(URL)) {
      Configuration configuration = Configuration.load(file, all);
      return new RunningCarillon(configuration, source(configuration.store(), settings), null);
    }
    PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
    container.start();
    all.put(URL, container.getJdbcUrl());
    all.put("CARILLON_DATABASE_USER", container.getUsername());
    all.put("CARILLON_DATABASE_PASSWORD", container.getPassword());
    Configuration configuration = Configuration.load(file, all);
    return new RunningCarillon(configuration, PostgresSource.of(configuration.store()), container);
  }

  public Client client() {
    return client;
  }

  public int port() {
    return carillon.port();
  }

  /// Where carriers call.
  public int callbackPort() {
    return carillon.callbackPort();
  }

  /// Drains and stops the service; the client stays.
  public void stop() {
    carillon.close();
  }

  @Override
  public void close() {
    client.close();
    carillon.close();
    if (container != null) {
      container.close();
    }
  }

  private static PostgresSource source(StoreConfig store, Map<String, String> settings) {
    return settings.containsKey("CARILLON_DATABASE_DATA_DIRECTORY") || settings.containsKey(URL)
        ? PostgresSource.of(store)
        : PostgresSource.temporary(store);
  }

  private static boolean wantsContainer() {
    return "container".equals(System.getProperty("carillon.test.database"))
        && DockerClientFactory.instance().isDockerAvailable();
  }
}
