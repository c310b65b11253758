package dev.carillon.benchmarks.postgres;

/// How a database is reached. The password is not in its text.
public record PostgresAccess(String jdbcUrl, String user, String password) {
  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }
}
