package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.IDEMPOTENCY_KEY;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.max;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.application.port.IdSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The house's PostgreSQL: pools, migrations, partitions. Opens nothing before it is started. Calls
/// of clients and the engine have pools of their own, so that neither starves the other.
public final class Database implements AutoCloseable {
  private static final Duration IDEMPOTENCY_KEPT = Duration.ofDays(7);
  private static final long PARTITION_WIDTH = 100_000;
  private static final int PARTITIONS_AHEAD = 2;

  private final Supplier<DatabaseConfig> config;
  private final InstantSource clock;
  private final IdSource ids;
  private final JooqTransactions calls = new JooqTransactions(() -> opened(this.callPool));
  private final JooqTransactions engine = new JooqTransactions(() -> opened(this.enginePool));
  private final JooqProgressFeed feed = new JooqProgressFeed(() -> opened(this.enginePool));
  private volatile @Nullable HikariDataSource callPool;
  private volatile @Nullable HikariDataSource enginePool;

  /// A database to be started later; the configuration is asked for then.
  public Database(Supplier<DatabaseConfig> config, InstantSource clock, IdSource ids) {
    this.config = config;
    this.clock = clock;
    this.ids = ids;
  }

  /// Connects, brings the schema up to date, and makes partitions ahead. Throws when PostgreSQL
  /// cannot be reached or the schema is newer than this program.
  public void start() {
    DatabaseConfig settings = config.get();
    Flyway.configure()
        .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
        .connectRetries(3)
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
    callPool = pool(settings, "calls", settings.callConnections());
    // one more than asked for: the progress feed keeps one
    enginePool = pool(settings, "engine", settings.engineConnections() + 1);
    housekeeping();
  }

  /// The stores for the calls of clients.
  public Stores forCalls() {
    return Stores.over(calls, clock);
  }

  /// The stores for workers, receipts and housekeeping.
  public Stores forEngine() {
    return Stores.over(engine, clock);
  }

  /// Tells all nodes what changed.
  public JooqProgressFeed feed() {
    return feed;
  }

  /// Makes a fresh house usable.
  public DemoBusiness demo() {
    return new DemoBusiness(calls, ids);
  }

  /// Makes partitions ahead and forgets request ids that are older than a week. To be called now
  /// and then, by any node.
  public void housekeeping() {
    Instant oldest = clock.instant().minus(IDEMPOTENCY_KEPT);
    engine.run(() -> {
      Long newest = engine.sql().select(max(JOB.ID)).from(JOB).fetchSingle().value1();
      long ahead = (newest == null ? 0 : newest) + PARTITIONS_AHEAD * PARTITION_WIDTH;
      engine
          .sql()
          .select(DSL.function("ensure_partitions", SQLDataType.INTEGER, DSL.val(ahead)))
          .fetch();
      engine
          .sql()
          .deleteFrom(IDEMPOTENCY_KEY)
          .where(IDEMPOTENCY_KEY.CREATED_AT.lt(oldest))
          .execute();
    });
  }

  @Override
  public void close() {
    feed.close();
    HikariDataSource forCalls = callPool;
    HikariDataSource forEngine = enginePool;
    if (forCalls != null) {
      forCalls.close();
    }
    if (forEngine != null) {
      forEngine.close();
    }
  }

  private static DataSource opened(@Nullable HikariDataSource pool) {
    if (pool == null) {
      throw new IllegalStateException("the database has not been started");
    }
    return pool;
  }

  private static HikariDataSource pool(DatabaseConfig settings, String name, int connections) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setJdbcUrl(settings.jdbcUrl());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    pool.setMaximumPoolSize(connections);
    pool.setConnectionTimeout(settings.connectTimeout().toMillis());
    pool.setInitializationFailTimeout(settings.connectTimeout().toMillis());
    pool.addDataSourceProperty("ApplicationName", "carillon-" + name);
    pool.addDataSourceProperty("prepareThreshold", "2");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("socketTimeout", "60");
    pool.addDataSourceProperty("connectTimeout", "5");
    // A detail quotes the failing row: addresses and bodies, in exception texts and logs.
    pool.addDataSourceProperty("logServerErrorDetail", "false");
    pool.setConnectionInitSql(
        "SET statement_timeout = '55s'; SET idle_in_transaction_session_timeout = '60s'");
    return new HikariDataSource(pool);
  }
}
