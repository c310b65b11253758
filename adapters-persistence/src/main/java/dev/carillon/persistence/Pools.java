package dev.carillon.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/// Opens pools of connections. A connection that has died is found out by a bounded wait, on both
/// ends: here by socket timeouts, at the server by keepalives and by the time that a transaction
/// may be idle, so that a node that froze or was cut off holds no row lock for long (PostgreSQL
/// manual, 19.3.2 TCP Settings); one that froze within a COPY is left to [JooqFrozenSessions].
final class Pools {
  /// What the sessions of workers, receipts and housekeeping are called.
  static final String ENGINE = "carillon-engine";

  /// What the sessions that serve the calls of clients are called.
  static final String CALLS = "carillon-calls";

  /// What the sessions that serve operators, and look credentials up, are called.
  static final String HOUSE = "carillon-house";

  /// The role of sessions that see one tenant each.
  static final String TENANT_ROLE = "carillon_tenant";

  /// The role of sessions that see everything.
  static final String HOUSE_ROLE = "carillon_house";

  /// Calls may store a large job in one statement.
  private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

  /// Workers take small steps, and must learn soon that PostgreSQL is away.
  private static final Duration LONGEST_STEP = Duration.ofSeconds(10);

  /// How much sooner the server gives up than the socket, so that the reason is told.
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST_VALIDATION = Duration.ofSeconds(2);

  private Pools() {}

  static HikariDataSource forCalls(DatabaseConfig settings) {
    return open(settings, CALLS, TENANT_ROLE, settings.callConnections(), LONGEST_CALL);
  }

  static HikariDataSource forEngine(DatabaseConfig settings) {
    // one more than asked for: the progress feed keeps one
    return open(settings, ENGINE, HOUSE_ROLE, settings.engineConnections() + 1, LONGEST_STEP);
  }

  static HikariDataSource forHouse(DatabaseConfig settings) {
    return open(settings, HOUSE, HOUSE_ROLE, settings.houseConnections(), LONGEST_CALL);
  }

  private static HikariDataSource open(
      DatabaseConfig settings, String name, String role, int connections, Duration longest) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setJdbcUrl(settings.jdbcUrl());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    pool.setMaximumPoolSize(connections);
    pool.setConnectionTimeout(settings.connectTimeout().toMillis());
    pool.setInitializationFailTimeout(settings.connectTimeout().toMillis());
    pool.setValidationTimeout(shorter(settings.connectTimeout(), LONGEST_VALIDATION).toMillis());
    pool.addDataSourceProperty("ApplicationName", name);
    pool.addDataSourceProperty("prepareThreshold", "2");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("socketTimeout", Long.toString(longest.toSeconds()));
    pool.addDataSourceProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
    // A detail quotes the failing row: addresses and bodies, in exception texts and logs.
    pool.addDataSourceProperty("logServerErrorDetail", "false");
    pool.setConnectionInitSql(
        "SET ROLE " + role + ";\n" + EngineFence.greeting() + ";\n" + limits(longest));
    return new HikariDataSource(pool);
  }

  /// No statement of the house is worth a second process: with many at a time each costs more than
  /// it brings.
  private static String limits(Duration longest) {
    return """
    SET statement_timeout = %d;
    SET max_parallel_workers_per_gather = 0;
    SET idle_in_transaction_session_timeout = %d;
    SET tcp_user_timeout = %d;
    SET tcp_keepalives_idle = 5;
    SET tcp_keepalives_interval = 2;
    SET tcp_keepalives_count = 3\
    """
        .formatted(
            longest.minus(HEAD_START).toMillis(), longest.toMillis(), LONGEST_STEP.toMillis());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
