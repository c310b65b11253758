package dev.carillon.bootstrap.config;

import java.util.Locale;
import java.util.Set;

/// The environment variable of each key: `carillon.grpc.port` is `CARILLON_GRPC_PORT`.
public final class EnvironmentNames {
  static final String PREFIX = "CARILLON_";

  /// Variables of that prefix that are no keys.
  static final Set<String> OTHERS = Set.of("CARILLON_CONFIG", "CARILLON_JAVA_OPTS");

  private EnvironmentNames() {}

  /// A key with its variable, for messages: `carillon.grpc.port (CARILLON_GRPC_PORT)`.
  public static String both(String path) {
    return path + " (" + of(path) + ")";
  }

  static String of(String path) {
    return path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
