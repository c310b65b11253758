package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.providers.simulated.SimulatedLog;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class StoreOutageIT {
  private static final int RECIPIENTS = 10_000;

  @TempDir Path directory;

  @Test
  void theServiceOutlivesItsDatabaseAndGoesOnWhenItIsBack() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory.resolve("data"));
    int port = postgres.port();
    try (RunningCarillon carillon = RunningCarillon.with(settings(postgres))) {
      Client client = carillon.client();
      String bulkId = client.create(Client.anSmsJobTo(RECIPIENTS)).getBulkId();
      client.awaitJob(bulkId, job -> job.getCounters().getProcessed() >= RECIPIENTS / 5);

      postgres.close();
      Refusals.of(() -> client.get(bulkId)).has(Status.Code.UNAVAILABLE, "STORE_UNAVAILABLE");
      postgres = EmbeddedPostgres.persistent(directory.resolve("data"), port);

      assertEndsWithNothingLostOrDoubled(awaitEnd(client, bulkId));
    } finally {
      postgres.close();
    }
  }

  private void assertEndsWithNothingLostOrDoubled(BulkJob ended) throws Exception {
    assertThat(ended.getStatus())
        .isIn(BulkJobStatus.BULK_JOB_STATUS_COMPLETED, BulkJobStatus.BULK_JOB_STATUS_PARTIAL);
    assertThat(ended.getCounters().getAccepted()).isEqualTo(RECIPIENTS);
    assertThat(ended.getCounters().getRemaining()).isZero();
    assertThat(ended.getCounters().getFailedCount()).isZero();
    assertThat(SimulatedLog.read(directory.resolve("carrier.log")))
        .extracting(SimulatedLog.Entry::ref)
        .doesNotHaveDuplicates();
  }

  /// Connections are opened anew only by and by, and until then calls are refused.
  private static BulkJob awaitEnd(Client client, String bulkId) {
    while (true) {
      try {
        return client.pollJob(bulkId, BulkJob::getDone);
      } catch (io.grpc.StatusRuntimeException refused) {
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }
    }
  }

  private Map<String, String> settings(EmbeddedPostgres postgres) {
    return Map.of(
        "CARILLON_DATABASE_URL",
        postgres.jdbcUrl("postgres"),
        "CARILLON_DATABASE_USER",
        postgres.user(),
        "CARILLON_DATABASE_PASSWORD",
        postgres.password(),
        "CARILLON_DATABASE_CONNECT_TIMEOUT",
        "500ms",
        "CARILLON_DISPATCH_LEASE_TIME",
        "2s",
        "CARILLON_SIMULATED_LATENCY_FROM",
        "40ms",
        "CARILLON_SIMULATED_LATENCY_TO",
        "120ms",
        "CARILLON_SIMULATED_LOG_FILE",
        directory.resolve("carrier.log").toString());
  }
}
