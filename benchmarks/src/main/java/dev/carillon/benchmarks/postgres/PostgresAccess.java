package dev.carillon.benchmarks.postgres;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a database is reached. The password is not in its text.
public record PostgresAccess(String jdbcUrl, String user, String password) {
  // the last part of the path; what follows are parameters
  private static final Pattern DATABASE = Pattern.compile("/[^/?]*(?=$|\\?)");

  /// Another database of the same server.
  public PostgresAccess database(String name) {
    return new PostgresAccess(
        DATABASE.matcher(jdbcUrl).replaceFirst("/" + Matcher.quoteReplacement(name)),
        user,
        password);
  }

  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }
}
