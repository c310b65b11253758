package dev.carillon.bootstrap;

import dev.carillon.bootstrap.run.ServiceStartException;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.DemoBusiness;
import dev.carillon.persistence.Uuid7Ids;
import dev.carillon.persistence.embedded.DataDirectoryInUseException;
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
      start(database, role);
      DemoBusiness demo = database.demo();
      Instant now = Instant.now();
      Optional<String> first = demo.createIfEmpty(now).filter(_ -> role == Role.USER);
      return first.or(() -> demo.newTestKey(role, now)).orElseThrow();
    }
  }

  private static void start(Database database, Role role) {
    try {
      database.start();
    } catch (DataDirectoryInUseException running) {
      throw new ServiceStartException(
          StoreStart.NAME,
          "%s\n  A service that runs on a PostgreSQL of its own makes keys when it starts: stop it, and start it with ./carillon serve %s"
              .formatted(
                  running.getMessage(), role == Role.OPERATOR ? "--new-operator-key" : "--new-key"),
          running);
    } catch (RuntimeException e) {
      throw StoreStart.failed(e);
    }
  }
}
