package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.RandomSecrets;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.ListBulkJobsResponse;
import dev.carillon.v1.ListBusinessesRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever tries one key after the other keeps neither clients nor operators from their work, not
/// even while PostgreSQL is slow to look keys up.
@Timeout(180)
class KeyFloodIT {
  private static final int FLOOD = 400;

  /// A node remembers who holds a key for 4 s, and the test needs it to.
  private static final Duration KNOWN = Duration.ofSeconds(3);

  private static final int MOST_ROUNDS = 5;

  private static EmbeddedPostgres postgres;
  private static RunningCarillon carillon;
  private static Client operator;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.temporary();
    Map<String, String> settings =
        Map.of(
            "CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"),
            "CARILLON_DATABASE_USER", postgres.user(),
            "CARILLON_DATABASE_PASSWORD", postgres.password());
    carillon = RunningCarillon.with(settings);
    Configuration configuration = Configuration.load(null, settings);
    try (PostgresSource source = PostgresSource.of(configuration.store())) {
      operator = new Client(carillon.port(), TestKeys.create(source, Role.OPERATOR));
    }
  }

  @AfterAll
  static void stop() {
    operator.close();
    carillon.close();
    postgres.close();
  }

  @Test
  void aFloodOfKeysThatNobodyHasHoldsNobodyElseUp() throws Exception {
    int rounds = 1;
    while (!round()) {
      assertThat(rounds++).as("rounds on a machine that stalls").isLessThan(MOST_ROUNDS);
    }
  }

  /// False when it took so long that it tells nothing.
  private static boolean round() throws Exception {
    List<ListenableFuture<ListBulkJobsResponse>> flood = new ArrayList<>();
    try (Connection blocker = connection();
        Statement statement = blocker.createStatement()) {
      askAsOthers();
      long known = System.nanoTime();
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE api_key IN ACCESS EXCLUSIVE MODE");
      for (int i = 0; i < FLOOD; i++) {
        flood.add(callWith("sk_live_" + new RandomSecrets().next()));
      }
      Await.until("keys are looked up", () -> lookUps() > 0);
      if (System.nanoTime() - known > KNOWN.toNanos()) {
        return false;
      }

      askAsOthers();

      assertThat(lookUps()).as("look-ups at a time").isOne();
    }
    for (ListenableFuture<ListBulkJobsResponse> call : flood) {
      assertThat(codeOf(call)).isIn(Status.Code.UNAUTHENTICATED, Status.Code.UNAVAILABLE);
    }
    return true;
  }

  private static void askAsOthers() {
    assertThat(carillon.client().countJobs()).isNotNegative();
    assertThat(
            AdminServiceGrpc.newBlockingStub(operator.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(operator.credential()))
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .listBusinesses(ListBusinessesRequest.getDefaultInstance())
                .getBusinessesCount())
        .isPositive();
  }

  private static ListenableFuture<ListBulkJobsResponse> callWith(String key) {
    Metadata credential = new Metadata();
    credential.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
    return BulkJobServiceGrpc.newFutureStub(carillon.client().channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credential))
        .listBulkJobs(ListBulkJobsRequest.getDefaultInstance());
  }

  private static Status.Code codeOf(ListenableFuture<?> call) throws InterruptedException {
    try {
      var _ = call.get();
      return Status.Code.OK;
    } catch (ExecutionException failed) {
      return Status.fromThrowable(failed.getCause()).getCode();
    }
  }

  /// How many look-ups wait for the table now.
  private static int lookUps() {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND state = 'active' AND query LIKE '%key_hash%'
                """)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  private static Connection connection() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
  }
}
