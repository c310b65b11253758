package dev.carillon.bootstrap;

import static dev.carillon.bootstrap.config.EnvironmentNames.both;

import dev.carillon.bootstrap.run.ServiceStartException;
import dev.carillon.persistence.StoreOutOfReachException;
import dev.carillon.persistence.embedded.DataDirectoryException;

/// Why the database could not be started, for people: with the settings that decide it.
final class StoreStart {
  static final String NAME = "the database";

  private StoreStart() {}

  static ServiceStartException failed(Exception cause) {
    return switch (cause) {
      case DataDirectoryException unusable ->
          failed(unusable, both("carillon.database.data-directory"));
      case StoreOutOfReachException away ->
          failed(
              away,
              both("carillon.database.url")
                  + ", "
                  + both("carillon.database.user")
                  + " and "
                  + both("carillon.database.password"));
      default -> new ServiceStartException(NAME, cause);
    };
  }

  private static ServiceStartException failed(Exception cause, String settings) {
    return new ServiceStartException(NAME, cause.getMessage() + "\n  Set by " + settings, cause);
  }
}
