package dev.carillon.persistence;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.NextChunk;
import dev.carillon.domain.job.JobStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class EngineFenceIT {
  private static final Instant NOW = Instant.parse("2099-03-01T10:00:00Z");

  @AutoClose private final TestDatabase database = TestDatabase.create();
  private final Stores stores = database.database().forEngine();

  @Test
  void aNodeThatIsNewEnoughMayHandOver() {
    assertThat(next(aJob()).dispatchOn()).isTrue();
  }

  @Test
  void aNodeThatIsOlderThanTheSchemaWantsMayNot() throws SQLException {
    StoredJob job = aJob();

    asOwner(
        "CREATE OR REPLACE FUNCTION least_engine() RETURNS int LANGUAGE sql IMMUTABLE"
            + " AS 'SELECT 9999'");
    // Plans that hold the number are kept by the sessions that made them.
    try (Database fresh = database.sameAgain().database()) {
      Stores older = fresh.forEngine();
      assertThat(next(older, job).dispatchOn()).isFalse();
      assertThat(older.witness().read().on()).as("the switch of people is another").isTrue();
    }
  }

  @Test
  void aNodeFromBeforeTheFenceMayNot() throws SQLException {
    try (Connection old = connection();
        Statement statement = old.createStatement();
        ResultSet allowed = statement.executeQuery("SELECT dispatch_allowed()")) {
      assertThat(allowed.next()).isTrue();
      assertThat(allowed.getBoolean(1)).isFalse();
    }
  }

  private StoredJob aJob() {
    return anSmsJob()
        .to(1)
        .inStatus(JobStatus.PROCESSING)
        .storeIn(database.ports(), database.newScope());
  }

  private LockedChunk next(StoredJob job) {
    return next(stores, job);
  }

  private static LockedChunk next(Stores of, StoredJob job) {
    return of.transactions()
        .inTransaction(() -> ((NextChunk.Ready) of.chunks().lockNext(job.id(), NOW)).chunk());
  }

  private void asOwner(String statement) throws SQLException {
    try (Connection owner = connection();
        Statement run = owner.createStatement()) {
      run.execute(statement);
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(
        database.config().jdbcUrl(), database.config().user(), database.config().password());
  }
}
