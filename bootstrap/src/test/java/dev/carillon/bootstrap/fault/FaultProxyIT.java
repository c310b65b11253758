package dev.carillon.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.persistence.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyIT {
  private static EmbeddedPostgres postgres;

  private FaultProxy proxy;

  @BeforeAll
  static void startPostgres() {
    postgres = EmbeddedPostgres.temporary();
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  @BeforeEach
  void startProxy() throws Exception {
    proxy = new FaultProxy(postgres.port());
    try (Connection connection = directly()) {
      run(connection, "CREATE TABLE IF NOT EXISTS note (n int)");
      run(connection, "TRUNCATE note");
    }
  }

  @AfterEach
  void stopProxy() throws Exception {
    proxy.close();
  }

  @Test
  void whatIsSaidComesThroughBothWays() throws Exception {
    try (Connection connection = through("carillon-a")) {
      for (int i = 0; i < 20; i++) {
        insert(connection, i);
      }
      assertThat(count(connection)).isEqualTo(20);
    }
  }

  @Test
  void theAnswerOfOneCommitIsLostAndWhatItCommittedStays() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    proxy.loseCommits(name -> name.equals("carillon-a") && seen.incrementAndGet() == 7);
    try (Connection lost = through("carillon-a");
        Connection other = through("carillon-b")) {
      for (int i = 1; i <= 6; i++) {
        insert(lost, i);
        insert(other, 100 + i);
      }

      assertThatThrownBy(() -> insert(lost, 7)).isInstanceOf(SQLException.class);

      insert(other, 107);
      assertThat(count(other)).isEqualTo(14);
      assertThat(proxy.lostCommits()).isEqualTo(1);
    }
  }

  @Test
  void theAnswerOfACommitInASimpleQueryIsLostToo() throws Exception {
    try (Connection connection = through("carillon-a", "preferQueryMode", "simple")) {
      insert(connection, 1);
      proxy.loseCommits(_ -> true);

      assertThatThrownBy(() -> insert(connection, 2)).isInstanceOf(SQLException.class);
    }
    try (Connection connection = directly()) {
      assertThat(count(connection)).isEqualTo(2);
    }
  }

  @Test
  void aTransactionThatFailedIsNoCommit() throws Exception {
    proxy.loseCommits(_ -> true);
    try (Connection connection = through("carillon-a")) {
      connection.setAutoCommit(false);
      assertThatThrownBy(() -> run(connection, "SELECT 1/0")).hasMessageContaining("division");
      connection.rollback();
      assertThat(proxy.lostCommits()).isZero();
    }
  }

  @Test
  void cutConnectionsBreakAndNewOnesAreTaken() throws Exception {
    try (Connection connection = through("carillon-a")) {
      proxy.cut();
      assertThatThrownBy(() -> count(connection)).isInstanceOf(SQLException.class);
    }
    try (Connection connection = through("carillon-a")) {
      assertThat(count(connection)).isZero();
    }
  }

  @Test
  void refusedConnectionsAreTakenAgainLater() throws Exception {
    proxy.refuse();
    assertThatThrownBy(() -> through("carillon-a")).hasMessageContaining("refused");

    proxy.accept();
    try (Connection connection = through("carillon-a")) {
      assertThat(count(connection)).isZero();
    }
  }

  @Test
  void whatIsSaidIntoASilenceArrivesWhenItIsOver() throws Exception {
    try (Connection connection = through("carillon-a")) {
      proxy.fallSilent();
      CompletableFuture<Void> insert =
          CompletableFuture.runAsync(() -> {
            try {
              insert(connection, 1);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });

      assertThatThrownBy(() -> insert.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      proxy.speak();

      insert.get(10, TimeUnit.SECONDS);
      assertThat(count(connection)).isEqualTo(1);
    }
  }

  @Test
  void aDelayIsAddedBothWays() throws Exception {
    try (Connection connection = through("carillon-a")) {
      proxy.delay(Duration.ofMillis(100));
      long start = System.nanoTime();

      assertThat(count(connection)).isZero();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
    }
  }

  private Connection through(String name, String... more) throws SQLException {
    Properties properties = new Properties();
    properties.put("user", postgres.user());
    properties.put("password", postgres.password());
    properties.put("ApplicationName", name);
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return DriverManager.getConnection(proxy.jdbcUrl(), properties);
  }

  private static Connection directly() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
  }

  private static void insert(Connection connection, int n) throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "INSERT INTO note VALUES (" + n + ")");
    connection.commit();
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM note")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
