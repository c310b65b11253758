package dev.carillon.bootstrap.config;

/// Which keys hold what must never be printed.
final class Secrets {
  static final String MASK = "********";

  private Secrets() {}

  static boolean isSecret(String path) {
    return path.endsWith("password") || path.endsWith("secret") || path.endsWith("token");
  }

  /// A JDBC URL without its parameters, which may hold a password.
  static String withoutParameters(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
