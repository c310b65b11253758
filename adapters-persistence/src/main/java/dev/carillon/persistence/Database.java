package dev.carillon.persistence;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.Retention;
import dev.carillon.application.port.Tenancy;
import dev.carillon.domain.business.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/// The house's PostgreSQL: pools, migrations, partitions. Opens nothing before it is started. Calls
/// of clients, the engine and the house itself have pools of their own, so that none starves the
/// others; what calls see is bounded to a tenant by row-level security.
public final class Database implements AutoCloseable {
  private static final Duration IDEMPOTENCY_KEPT = Duration.ofDays(7);
  private static final int FORGOTTEN_AT_ONCE = 10_000;

  private final Supplier<DatabaseConfig> config;
  private final InstantSource clock;
  private final IdSource ids;
  private final ThreadTenancy tenancy = new ThreadTenancy();
  private final TenantConnections tenants = new TenantConnections(() -> opened(this.callPool));
  private final JooqTransactions calls = callsOf(tenancy::current);
  private final JooqTransactions engine =
      new JooqTransactions(() -> opened(this.enginePool).getConnection());
  private final JooqTransactions house =
      new JooqTransactions(() -> opened(this.housePool).getConnection());
  private final OutboxNews news = new OutboxNews();
  private final JooqProgressFeed feed = new JooqProgressFeed(() -> opened(this.enginePool));
  private volatile @Nullable HikariDataSource callPool;
  private volatile @Nullable HikariDataSource enginePool;
  private volatile @Nullable HikariDataSource housePool;

  /// A database to be started later; the configuration is asked for then.
  public Database(Supplier<DatabaseConfig> config, InstantSource clock, IdSource ids) {
    this.config = config;
    this.clock = clock;
    this.ids = ids;
  }

  /// Connects, brings the schema up to date, looks whether tenants are walled off from each other,
  /// and makes partitions ahead. Throws a [StoreOutOfReachException] when PostgreSQL cannot be
  /// connected to, and otherwise when the schema is newer than this program, or something could
  /// pass the walls.
  public void start() {
    DatabaseConfig settings = config.get();
    new FirstConnection(settings).await();
    Flyway.configure()
        .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
    callPool = Pools.forCalls(settings);
    enginePool = Pools.forEngine(settings);
    housePool = Pools.forHouse(settings);
    Walls.requireAll(house.sql());
    Walls.requireRole(calls.sql(), Pools.TENANT_ROLE);
    Walls.requireRole(engine.sql(), Pools.HOUSE_ROLE);
    Walls.requireRole(house.sql(), Pools.HOUSE_ROLE);
    housekeeping();
  }

  /// By which the handlers of calls say for which tenant they work.
  public Tenancy tenancy() {
    return tenancy;
  }

  /// The stores for the calls of clients. They show nothing but what is of the tenant that
  /// [#tenancy] was told, and nothing at all when it was told none.
  public Stores forCalls() {
    return Stores.over(calls, clock, news);
  }

  /// The stores for workers, receipts and housekeeping.
  public Stores forEngine() {
    return Stores.over(engine, clock, news);
  }

  /// The stores for what serves no tenant, or any: operators, and the look-up of credentials.
  public Stores forHouse() {
    return Stores.over(house, clock, news);
  }

  /// Tells all nodes what changed.
  public JooqProgressFeed feed() {
    return feed;
  }

  /// How many messages are in doubt now.
  public InDoubt inDoubt() {
    return InDoubt.of(house);
  }

  /// Makes a fresh house usable.
  public DemoBusiness demo() {
    return new DemoBusiness(house, ids);
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
    HikariDataSource forHouse = housePool;
    if (forCalls != null) {
      forCalls.close();
    }
    if (forEngine != null) {
      forEngine.close();
    }
    if (forHouse != null) {
      forHouse.close();
    }
  }

  /// The connections for calls, for the tenant that it supplies.
  JooqTransactions callsOf(Supplier<Optional<Scope>> tenant) {
    return new JooqTransactions(() -> tenants.take(tenant.get()));
  }

  private static DataSource opened(@Nullable HikariDataSource pool) {
    if (pool == null) {
      throw new IllegalStateException("the database has not been started");
    }
    return pool;
  }
}
