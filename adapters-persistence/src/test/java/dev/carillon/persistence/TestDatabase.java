package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.BUSINESS;

import dev.carillon.application.contract.EventPorts;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.CloseableDSLContext;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// A migrated database of its own for each test class, on one real PostgreSQL per JVM: the embedded
/// one, or one in a container when `carillon.test.postgres` is `container`.
final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final DatabaseConfig config;
  private final InstantSource clock;
  private final Database database;
  private final CloseableDSLContext sql;

  private TestDatabase(DatabaseConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    database = new Database(() -> config, clock, new Uuid7Ids());
    database.start();
    database.feed().start();
    sql = DSL.using(config.jdbcUrl(), config.user(), config.password());
  }

  static TestDatabase create() {
    return create(InstantSource.system());
  }

  /// One whose clock stands where the jobs of the contract suites are made.
  static TestDatabase ofContracts() {
    return create(InstantSource.fixed(JobFixture.CREATED));
  }

  static TestDatabase create(InstantSource clock) {
    String name = "test_" + COUNT.incrementAndGet();
    Server.RUNNING.execute("CREATE DATABASE " + name + " TEMPLATE " + Server.TEMPLATE);
    return new TestDatabase(Server.RUNNING.config(name), clock);
  }

  /// Where a database is that has no schema yet.
  static DatabaseConfig empty() {
    String name = "test_" + COUNT.incrementAndGet();
    Server.RUNNING.execute("CREATE DATABASE " + name);
    return Server.RUNNING.config(name);
  }

  /// Where a database without a schema is that belongs to a new role without any privilege.
  static DatabaseConfig emptyOf(String owner) {
    String name = "test_" + COUNT.incrementAndGet();
    asAdministrator("CREATE ROLE " + owner + " LOGIN PASSWORD 'plain'");
    asAdministrator("CREATE DATABASE " + name + " OWNER " + owner);
    DatabaseConfig config = Server.RUNNING.config(name);
    return new DatabaseConfig(
        config.jdbcUrl(),
        owner,
        "plain",
        config.callConnections(),
        config.engineConnections(),
        config.houseConnections(),
        config.connectTimeout());
  }

  /// Runs a statement as who may do anything.
  static void asAdministrator(String statement) {
    Server.RUNNING.execute(statement);
  }

  /// Another node over the same database.
  TestDatabase sameAgain() {
    return new TestDatabase(config, InstantSource.system());
  }

  /// Where it is.
  DatabaseConfig config() {
    return config;
  }

  Database database() {
    return database;
  }

  /// A connection of the test's own, to look past the ports, and past the walls between tenants.
  DSLContext sql() {
    return sql;
  }

  /// What serves the calls of one tenant.
  JooqTransactions callsOf(Scope tenant) {
    return database.callsOf(() -> Optional.of(tenant));
  }

  /// The stores for the calls of one tenant.
  Stores storesOf(Scope tenant) {
    return Stores.over(callsOf(tenant), clock, new OutboxNews());
  }

  /// All of it as the contract suites want it.
  Ports ports() {
    Stores stores = database.forEngine();
    return new Ports(
        stores.transactions(),
        stores.jobs(),
        stores.chunks(),
        stores.messages(),
        stores.uploads(),
        stores.log(),
        stores.keys(),
        stores.suppressions(),
        stores.carrierNumbers(),
        stores.carrierMessages(),
        stores.ledger(),
        stores.prices(),
        this::newScope,
        true);
  }

  /// What is told outward, as the contract suites want it.
  EventPorts eventPorts() {
    Stores stores = database.forEngine();
    return new EventPorts(
        stores.transactions(),
        stores.outbox(),
        stores.events(),
        stores.endpoints(),
        stores.deliveries(),
        this::newScope,
        true);
  }

  /// The LIVE environment of a business that nobody else has.
  Scope newScope() {
    long id =
        sql.insertInto(BUSINESS)
            .set(BUSINESS.NAME, "test")
            .set(BUSINESS.DEFAULT_REGION, "ZW")
            .set(BUSINESS.CURRENCY, "USD")
            .set(BUSINESS.CREATED_AT, Instant.EPOCH)
            .returningResult(BUSINESS.ID)
            .fetchSingle(row -> row.value1());
    return new Scope(new BusinessId(id), Environment.LIVE);
  }

  @Override
  public void close() {
    sql.close();
    database.close();
  }

  /// The server of this JVM; it ends with it.
  private interface Server {
    Server RUNNING = start();
    String TEMPLATE = "migrated";

    String url(String database);

    String user();

    String password();

    default DatabaseConfig config(String database) {
      return new DatabaseConfig(
          url(database), user(), password(), 25, 10, 4, Duration.ofSeconds(5));
    }

    default void execute(String statement) {
      try (var admin = DSL.using(url("postgres"), user(), password())) {
        admin.execute(statement);
      }
    }

    private static Server start() {
      Server server =
          "container".equals(System.getProperty("carillon.test.postgres"))
              ? container()
              : embedded();
      server.execute("CREATE DATABASE migrated");
      DatabaseConfig template = server.config("migrated");
      try (Database migrated =
          new Database(() -> template, InstantSource.system(), new Uuid7Ids())) {
        migrated.start();
      }
      return server;
    }

    private static Server embedded() {
      EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
      Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
      return new Server() {
        @Override
        public String url(String database) {
          return postgres.jdbcUrl(database);
        }

        @Override
        public String user() {
          return postgres.user();
        }

        @Override
        public String password() {
          return postgres.password();
        }
      };
    }

    @SuppressWarnings("resource") // ends with the JVM
    private static Server container() {
      PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:18");
      postgres.start();
      return new Server() {
        @Override
        public String url(String database) {
          return postgres.getJdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1");
        }

        @Override
        public String user() {
          return postgres.getUsername();
        }

        @Override
        public String password() {
          return postgres.getPassword();
        }
      };
    }
  }
}
