package dev.carillon.persistence;

import java.time.Duration;

/// Where PostgreSQL is and how many connections may be used.
///
/// @param jdbcUrl `jdbc:postgresql://host:port/database`
/// @param callConnections for the calls of clients, 1 to 200
/// @param engineConnections for workers, receipts and housekeeping, 1 to 200
/// @param houseConnections for operators, 1 to 50; a few of them for API keys and for counting
///   requests
/// @param connectTimeout the longest wait for a connection, 250 ms to 60 s
public record DatabaseConfig(
    String jdbcUrl,
    String user,
    String password,
    int callConnections,
    int engineConnections,
    int houseConnections,
    Duration connectTimeout) {
  /// The URL without its parameters, which may hold a password.
  String place() {
    return jdbcUrl.replaceAll("\\?.*", "");
  }

  @Override
  public String toString() {
    return "DatabaseConfig[" + place() + ", " + user + "]";
  }
}
