package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.port.FrozenSessions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

@TestInstance(Lifecycle.PER_CLASS)
class JooqFrozenSessionsIT {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration SOME = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofHours(1);

  @AutoClose private final TestDatabase database = TestDatabase.create();
  private final FrozenSessions sessions = database.database().forEngine().frozen();

  @Test
  void endsASessionThatHangsInACopyAndFreesWhatItHasLocked() throws SQLException {
    try (Client frozen = client(Pools.ENGINE)) {
      frozen.lockRow();
      CopyIn copy = frozen.beginCopy();
      assertThat(isLocked()).isTrue();
      assertThat(sessions.end(LONG, SHORT)).isZero();

      Await.until("the end of the session", () -> sessions.end(SHORT, LONG) == 1);

      Await.until("the row", () -> !isLocked());
      assertThatThrownBy(copy::endCopy).isInstanceOf(SQLException.class);
      Await.until("nothing more to end", () -> sessions.end(SHORT, LONG) == 0);
    }
  }

  @Test
  void givesCallsATimeOfTheirOwn() throws SQLException {
    try (Client frozen = client(Pools.CALLS)) {
      frozen.beginCopy();
      assertThat(sessions.end(SHORT, LONG)).isZero();

      Await.until("the end of the session", () -> sessions.end(LONG, SHORT) == 1);
    }
  }

  @Test
  void aTransferIsNotAsOldAsItsTransaction() throws SQLException {
    try (Client busy = client(Pools.CALLS)) {
      Await.until("an old transaction", () -> busy.isOlderThan(SOME));
      CopyIn copy = busy.beginCopy();

      assertThat(sessions.end(LONG, SOME)).isZero();

      copy.endCopy();
    }
  }

  @Test
  void leavesAloneWhatIsNotInTheMiddleOfATransferOrNotOfThisHouse() throws SQLException {
    try (Client idle = client(Pools.ENGINE);
        Client stranger = client("psql");
        Client elsewhere = new Client(TestDatabase.empty(), Pools.ENGINE);
        Client frozen = client(Pools.ENGINE)) {
      idle.lockRow();
      CopyIn ofStranger = stranger.beginCopy();
      CopyIn elsewhereToo = elsewhere.beginCopy();
      frozen.beginCopy();

      Await.until("the end of the session", () -> sessions.end(SHORT, SHORT) == 1);

      Await.until("nothing more to end", () -> sessions.end(SHORT, SHORT) == 0);
      idle.run("COMMIT");
      ofStranger.endCopy();
      elsewhereToo.endCopy();
    }
  }

  private boolean isLocked() {
    return database.sql().fetch("SELECT 1 FROM dispatch_switch FOR UPDATE SKIP LOCKED").isEmpty();
  }

  private Client client(String name) throws SQLException {
    return new Client(database.config(), name);
  }

  /// A connection in a transaction.
  private static final class Client implements AutoCloseable {
    private final Connection connection;

    Client(DatabaseConfig config, String name) throws SQLException {
      Properties properties = new Properties();
      properties.put("user", config.user());
      properties.put("password", config.password());
      properties.put("ApplicationName", name);
      connection = DriverManager.getConnection(config.jdbcUrl(), properties);
      run("BEGIN");
      run("CREATE TEMPORARY TABLE sent (number int)");
    }

    void lockRow() throws SQLException {
      run("SELECT 1 FROM dispatch_switch FOR UPDATE");
    }

    boolean isOlderThan(Duration age) {
      try (var statement = connection.createStatement();
          var row =
              statement.executeQuery(
                  "SELECT extract(epoch FROM clock_timestamp() - transaction_timestamp())")) {
        row.next();
        return row.getDouble(1) > age.toSeconds();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    CopyIn beginCopy() throws SQLException {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY sent (number) FROM STDIN");
    }

    void run(String statement) throws SQLException {
      try (var prepared = connection.createStatement()) {
        prepared.execute(statement);
      }
    }

    @Override
    public void close() throws SQLException {
      connection.abort(Runnable::run);
    }
  }
}
