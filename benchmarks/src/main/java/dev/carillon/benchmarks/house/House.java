package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.bootstrap.Carillon;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.config.Configuration;
import java.util.HashMap;
import java.util.Map;

/// The whole service in this process, as bootstrap wires it, on a given PostgreSQL.
public final class House implements AutoCloseable {
  private final Carillon carillon;
  private final String apiKey;

  private House(Carillon carillon, String apiKey) {
    this.carillon = carillon;
    this.apiKey = apiKey;
  }

  /// Starts it; the database is migrated and gets the demo business if it has none.
  public static House start(Postgres postgres, HouseSettings settings) {
    return start(postgres, settings, Map.of());
  }

  /// The same with more settings, by the names of their environment variables.
  public static House start(Postgres postgres, HouseSettings settings, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(settings.environment(postgres.access()));
    environment.putAll(more);
    Configuration configuration = Configuration.load(null, environment);
    Carillon carillon = Carillon.start(configuration, PostgresSource.of(configuration.store()));
    return new House(carillon, carillon.newTestKey().orElseThrow());
  }

  /// A client with a connection of its own.
  public HouseClient client() {
    return HouseClient.at(carillon.port(), apiKey);
  }

  /// A client of another business, with a connection of its own.
  public HouseClient client(String key) {
    return HouseClient.at(carillon.port(), key);
  }

  /// A client with a connection of its own, to which no more than so many bytes are sent unread.
  public HouseClient client(int windowBytes) {
    return HouseClient.withWindow(carillon.port(), apiKey, windowBytes);
  }

  @Override
  public void close() {
    carillon.close();
  }
}
