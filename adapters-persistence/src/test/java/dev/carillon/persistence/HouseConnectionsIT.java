package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.Credentials;
import dev.carillon.application.port.Permits.Grant;
import dev.carillon.application.port.Quotas;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whoever floods the house with keys or calls leaves connections to others.
class HouseConnectionsIT {
  private static final int FLOOD = 200;

  private final TestDatabase database = TestDatabase.create();
  private final Stores house = database.database().forHouse();
  private final Scope scope = database.newScope();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void looksKeysThatNobodyHasUpWithOneConnection() throws SQLException {
    List<Background<Optional<Caller>>> flood = new ArrayList<>();
    try (Connection blocker = blocking("api_key")) {
      for (int i = 0; i < FLOOD; i++) {
        flood.add(Background.start(() -> house.credentials().byApiKey(aKey())));
      }
      Await.until(
          "all wait", () -> blocked() > 0 && flood.stream().allMatch(Background::isWaiting));

      assertThat(blocked()).isOne();
      assertThat(house.businesses().find(scope.business())).isPresent();
      blocker.rollback();
    }
    assertThat(flood).allSatisfy(one -> assertThat(one.result()).isEmpty());
  }

  @Test
  void looksKeysUpAgainApartFromThoseThatNobodyHas() throws SQLException {
    String key = database.database().demo().newTestKey(Role.USER, Instant.now()).orElseThrow();
    Credentials forgetful =
        new JooqCredentials(
            new JooqTransactions(this::connection), InstantSource.system(), Duration.ZERO);
    assertThat(forgetful.byApiKey(key)).isPresent();
    Background<Optional<Caller>> stranger;
    Background<Optional<Caller>> known;
    try (Connection blocker = blocking("api_key")) {
      stranger = Background.start(() -> forgetful.byApiKey(aKey()));
      Await.until("the one is looked up", () -> blocked() == 1);
      known = Background.start(() -> forgetful.byApiKey(key));
      Await.until("the other one too", () -> blocked() == 2);
      blocker.rollback();
    }
    assertThat(known.result()).isPresent();
    assertThat(stranger.result()).isEmpty();
  }

  @Test
  void countsRequestsWithTwoConnections() throws SQLException {
    Quotas quotas = new SparingQuotas(house.quotas());
    List<Background<Grant>> busy = new ArrayList<>();
    try (Connection blocker = blocking("flow_bucket")) {
      for (int i = 0; i < FLOOD; i++) {
        String principal = "key_" + i;
        busy.add(Background.start(() -> quotas.takeRequests(scope, principal, 10, 1)));
      }
      Await.until("all wait", () -> blocked() > 1 && busy.stream().allMatch(Background::isWaiting));

      assertThat(blocked()).isEqualTo(2);
      assertThat(house.businesses().find(scope.business())).isPresent();
      blocker.rollback();
    }
    assertThat(busy).allSatisfy(one -> assertThat(one.result().permits()).isOne());
  }

  private static String aKey() {
    return "sk_live_" + new RandomSecrets().next();
  }

  /// Lets nobody at a table until it is rolled back.
  private Connection blocking(String table) throws SQLException {
    Connection blocker = connection();
    blocker.setAutoCommit(false);
    try (var lock = blocker.createStatement()) {
      lock.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    }
    return blocker;
  }

  private Connection connection() throws SQLException {
    DatabaseConfig config = database.config();
    return DriverManager.getConnection(config.jdbcUrl(), config.user(), config.password());
  }

  private int blocked() {
    return database
        .sql()
        .fetchSingle(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """)
        .get(0, Integer.class);
  }
}
