package dev.carillon.persistence;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/// The house's PostgreSQL: pools, migrations, partitions. Opens nothing before it is started. Calls
/// of clients and the engine have pools of their own, so that neither starves the other.
public final class Database implements AutoCloseable {
  private static final Duration IDEMPOTENCY_KEPT = Duration.ofDays(7);
  private static final int FORGOTTEN_AT_ONCE = 10_000;

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
    callPool = Pools.forCalls(settings);
    enginePool = Pools.forEngine(settings);
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
    Retention retention = forEngine().retention();
    retention.prepare();
    retention.forgetRequests(clock.instant().minus(IDEMPOTENCY_KEPT), FORGOTTEN_AT_ONCE);
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
}
