package dev.carillon.bootstrap.config;

import java.util.Locale;
import java.util.Set;

/// The environment variable of each key: `carillon.grpc.port` is `CARILLON_GRPC_PORT`.
final class EnvironmentNames {
  static final String ROOT = "carillon";
  static final String PREFIX = "CARILLON_";

  /// Variables of that prefix that are no keys.
  static final Set<String> OTHERS = Set.of("CARILLON_CONFIG", "CARILLON_JAVA_OPTS");

  private EnvironmentNames() {}

  static String of(String path) {
    return path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /// The path as people say it, without the root.
  static String shortPath(String path) {
    return path.startsWith(ROOT + ".") ? path.substring(ROOT.length() + 1) : path;
  }
}
