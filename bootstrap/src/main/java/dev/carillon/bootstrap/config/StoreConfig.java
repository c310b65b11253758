package dev.carillon.bootstrap.config;

import dev.carillon.persistence.DatabaseConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/// Which PostgreSQL is used: one that is given, or one of this process's own.
///
/// @param jdbcUrl `jdbc:postgresql://host:port/database`; empty for one of its own
/// @param callConnections for the calls of clients
/// @param engineConnections for workers, receipts and housekeeping
/// @param houseConnections for operators; a few of them for API keys and for counting requests
/// @param connectTimeout the longest wait for a connection
/// @param dataDirectory where its own one keeps its data
/// @param demoBusiness whether an empty database gets a business to try things with
public record StoreConfig(
    String jdbcUrl,
    String user,
    String password,
    int callConnections,
    int engineConnections,
    int houseConnections,
    Duration connectTimeout,
    Path dataDirectory,
    boolean demoBusiness) {
  /// The habit of other drivers, which the one of Java takes for a part of the host's name.
  private static final Pattern WITH_USER = Pattern.compile("^jdbc:postgresql://[^/?]*@");

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int MOST_CONNECTIONS = 200;
  private static final int MOST_HOUSE_CONNECTIONS = 50;

  static StoreConfig read(Section section) {
    StoreConfig read =
        new StoreConfig(
            section.text("url"),
            section.text("user"),
            section.text("password"),
            section.integer("call-connections", 1, MOST_CONNECTIONS),
            section.integer("engine-connections", 1, MOST_CONNECTIONS),
            section.integer("house-connections", 1, MOST_HOUSE_CONNECTIONS),
            section.duration("connect-timeout", SHORTEST_WAIT, LONGEST_WAIT),
            Path.of(section.text("data-directory")),
            section.flag("demo-business"));
    if (!read.isEmbedded() && !read.jdbcUrl.startsWith("jdbc:postgresql:")) {
      section.problem("url", "must begin with jdbc:postgresql:");
    }
    if (WITH_USER.matcher(read.jdbcUrl).find()) {
      section.problem("url", "must not hold a user or a password: user and password have keys");
    }
    if (!read.isEmbedded() && read.user.isEmpty()) {
      section.problem("user", "must be given with a carillon.database.url");
    }
    return read;
  }

  /// Whether the process runs a PostgreSQL of its own.
  public boolean isEmbedded() {
    return jdbcUrl.isEmpty();
  }

  /// The given database.
  public DatabaseConfig given() {
    return at(jdbcUrl, user, password);
  }

  /// A database found elsewhere, with these connections.
  public DatabaseConfig at(String url, String asUser, String withPassword) {
    return new DatabaseConfig(
        url,
        asUser,
        withPassword,
        callConnections,
        engineConnections,
        houseConnections,
        connectTimeout);
  }

  /// Where the database is, in words and without secrets.
  public String inWords() {
    return isEmbedded()
        ? "embedded PostgreSQL, data in " + dataDirectory
        : Secrets.withoutParameters(jdbcUrl);
  }

  @Override
  public String toString() {
    return "StoreConfig[" + inWords() + "]";
  }
}
