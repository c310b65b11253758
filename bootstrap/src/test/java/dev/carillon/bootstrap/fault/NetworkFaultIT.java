package dev.carillon.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.bootstrap.service.Client;
import dev.carillon.bootstrap.service.RunningCarillon;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.CreateBulkJobRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

@Timeout(120)
class NetworkFaultIT {
  private static final int MESSAGES = 3_000;
  private static final int EVERY = 9;
  private static final String ENGINE = "carillon-engine";
  private static final String CALLS = "carillon-calls";

  @TempDir static Path directory;

  private static EmbeddedPostgres postgres;
  private static FaultProxy proxy;
  private static RunningCarillon node;
  private static Client operator;
  private static Audit audit;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.temporary();
    proxy = new FaultProxy(postgres.port());
    Scene scene = new Scene(directory, postgres, proxy.jdbcUrl());
    node = RunningCarillon.with(scene.settings("node", Map.of()));
    operator = scene.operator(node.port());
    audit = new Audit(scene, node.client(), operator);
  }

  @AfterAll
  static void stop() throws Exception {
    operator.close();
    node.close();
    proxy.close();
    postgres.close();
  }

  @AfterEach
  void heal() {
    proxy.loseCommits(_ -> false);
    proxy.delay(Duration.ZERO);
    proxy.speak();
  }

  @Test
  void aJobOutlivesASilentNetwork() throws Exception {
    String bulkId = node.client().create(Client.anSmsJobTo(MESSAGES)).getBulkId();
    Scene.awaitProcessed(node.client(), bulkId, MESSAGES / 4);

    proxy.fallSilent();
    Until.isOver(Scene.faultTime());
    proxy.speak();

    audit.ofEnded("silent network", bulkId, MESSAGES, Scene.inDoubtOfOneNode());
  }

  @Test
  void aJobOutlivesCutConnectionsAndAServerThatCannotBeReached() throws Exception {
    String bulkId = node.client().create(Client.anSmsJobTo(MESSAGES)).getBulkId();
    for (int cut = 1; cut <= 2; cut++) {
      Scene.awaitProcessed(node.client(), bulkId, (long) cut * MESSAGES / 5);
      proxy.cut();
    }
    Scene.awaitProcessed(node.client(), bulkId, 3 * MESSAGES / 5);
    proxy.refuse();
    Until.isOver(Scene.faultTime());
    proxy.accept();

    audit.ofEnded("cut connections", bulkId, MESSAGES, 3 * Scene.inDoubtOfOneNode());
  }

  @Test
  void aJobOutlivesASlowNetwork() throws Exception {
    proxy.delay(Duration.ofMillis(10));
    String bulkId = node.client().create(Client.anSmsJobTo(MESSAGES / 3)).getBulkId();

    audit.ofEnded("slow network", bulkId, MESSAGES / 3, 0);
  }

  @Test
  void aJobOutlivesLostAnswersToItsCommits() throws Exception {
    AtomicInteger commits = new AtomicInteger();
    int before = proxy.lostCommits();
    proxy.loseCommits(name -> name.equals(ENGINE) && commits.incrementAndGet() % EVERY == 0);
    String bulkId = node.client().create(Client.anSmsJobTo(MESSAGES)).getBulkId();
    Scene.await(node.client(), bulkId, "the end of the job", job -> job.getDone());
    proxy.loseCommits(_ -> false);

    int lost = proxy.lostCommits() - before;
    assertThat(lost).isGreaterThan(2);
    audit.ofEnded(lost + " answers to COMMITs lost", bulkId, MESSAGES, Scene.inDoubtOfOneNode());
  }

  @Test
  void aJobOutlivesASessionThatHangsInACopyAndHoldsItsRows() throws Exception {
    String bulkId = node.client().create(Client.anSmsJobTo(MESSAGES)).getBulkId();
    try (Connection hanging = connection(ENGINE)) {
      hanging.setAutoCommit(false);
      try (Statement locking = hanging.createStatement()) {
        locking.execute("SELECT 1 FROM chunk WHERE open FOR UPDATE");
        locking.execute("CREATE TEMPORARY TABLE sent (number int)");
      }
      CopyIn copy =
          hanging.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY sent (number) FROM STDIN");
      assertThat(node.client().get(bulkId).getDone()).isFalse();

      audit.ofEnded("a session that hangs in a COPY", bulkId, MESSAGES, Scene.inDoubtOfOneNode());

      assertThatThrownBy(copy::endCopy).isInstanceOf(SQLException.class);
      hanging.abort(Runnable::run);
    }
  }

  @Test
  void theSameRequestIdGivesTheSameJobAfterTheAnswerToItsCommitWasLost() throws Exception {
    long before = node.client().countJobs();
    CreateBulkJobRequest.Builder request =
        Client.anSmsJobTo(200).setRequestId(UUID.randomUUID().toString());
    AtomicInteger commits = new AtomicInteger();
    proxy.loseCommits(name -> name.equals(CALLS) && commits.incrementAndGet() == 1);

    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> node.client().create(request));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(commits.get()).isPositive();

    String bulkId = Scene.patiently(() -> node.client().create(request)).getBulkId();
    assertThat(node.client().create(request).getBulkId()).isEqualTo(bulkId);
    assertThat(node.client().countJobs()).isEqualTo(before + 1);
    audit.ofEnded("the answer to a submission's COMMIT lost", bulkId, 200, 0);
  }

  /// One of a client of that name, past the proxy.
  private static Connection connection(String name) throws SQLException {
    Properties properties = new Properties();
    properties.put("user", postgres.user());
    properties.put("password", postgres.password());
    properties.put("ApplicationName", name);
    return DriverManager.getConnection(postgres.jdbcUrl("postgres"), properties);
  }
}
