package dev.carillon.bootstrap;

import dev.carillon.bootstrap.run.ServiceStartException;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.DemoBusiness;
import dev.carillon.persistence.Uuid7Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Makes test keys without a running service.
public final class TestKeys {
  private TestKeys() {}

  /// A new key of the oldest business, or of the demo business if there is none yet.
  ///
  /// @param role what it may do
  public static String create(PostgresSource source, Role role) {
    try (Database database = new Database(source, InstantSource.system(), new Uuid7Ids())) {
      start(database);
      DemoBusiness demo = database.demo();
      Instant now = Instant.now();
      Optional<String> first = demo.createIfEmpty(now).filter(_ -> role == Role.USER);
      return first.or(() -> demo.newTestKey(role, now)).orElseThrow();
    }
  }

  private static void start(Database database) {
    try {
      database.start();
    } catch (RuntimeException e) {
      throw new ServiceStartException("the database", e);
    }
  }
}
