package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.providers.simulated.SimulatedLog;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CancelBulkJobRequest;
import dev.carillon.v1.CancelBulkJobResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class StoppingIT {
  @TempDir Path directory;

  @Test
  void aCancelledJobHandsNothingOverAfterASecondAndCountsEverything() throws IOException {
    try (RunningCarillon carillon =
        RunningCarillon.with(
            settings(
                Map.of(
                    "CARILLON_LIMITS_RECIPIENTS_PER_JOB", "100000",
                    "CARILLON_SIMULATED_LATENCY_FROM", "40ms",
                    "CARILLON_SIMULATED_LATENCY_TO", "80ms")))) {
      Client client = carillon.client();
      String bulkId = client.create(Client.anSmsJobTo(100_000)).getBulkId();
      client.awaitJob(bulkId, job -> job.getCounters().getProcessed() >= 5_000);

      Instant cancelled = Instant.now();
      CancelBulkJobResponse answer =
          client.jobs().cancelBulkJob(CancelBulkJobRequest.newBuilder().setBulkId(bulkId).build());
      BulkJob ended = Client.job(client.watch(bulkId).getLast());

      assertThat(answer.getBulkJob().getStatus())
          .isIn(BulkJobStatus.BULK_JOB_STATUS_CANCELLING, BulkJobStatus.BULK_JOB_STATUS_CANCELLED);
      assertThat(ended.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_CANCELLED);
      var counters = ended.getCounters();
      assertThat(counters.getRemaining()).isZero();
      assertThat(counters.getCancelled()).isPositive();
      List<SimulatedLog.Entry> log = log();
      assertThat(counters.getCancelled() + log.size()).isEqualTo(100_000);
      assertThat(log.getLast().at()).isBefore(cancelled.plus(Duration.ofSeconds(1)));
    }
  }

  @Test
  void aDrainedServiceLeavesNothingInDoubtAndTheNextOneGoesOn() throws IOException {
    Map<String, String> settings =
        settings(
            Map.of(
                "CARILLON_DATABASE_DATA_DIRECTORY", directory.resolve("data").toString(),
                "CARILLON_SIMULATED_LATENCY_FROM", "100ms",
                "CARILLON_SIMULATED_LATENCY_TO", "200ms"));
    String bulkId;
    try (RunningCarillon first = RunningCarillon.with(settings)) {
      bulkId = first.client().create(Client.anSmsJobTo(20_000)).getBulkId();
      first.client().awaitJob(bulkId, job -> job.getCounters().getProcessed() >= 2_000);
      first.stop();
    }
    int handedOverByTheFirst = log().size();

    try (RunningCarillon second = RunningCarillon.with(settings)) {
      Client client = second.client();
      BulkJob ended = Client.job(client.watch(bulkId).getLast());

      assertThat(handedOverByTheFirst).isBetween(2_000, 19_999);
      assertThat(ended.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_COMPLETED);
      assertThat(ended.getCounters().getUnknown()).isZero();
    }
    assertThat(log()).hasSize(20_000).extracting(SimulatedLog.Entry::ref).doesNotHaveDuplicates();
  }

  private Map<String, String> settings(Map<String, String> given) {
    Map<String, String> settings = new HashMap<>(given);
    settings.put("CARILLON_SIMULATED_LOG_FILE", directory.resolve("carrier.log").toString());
    return settings;
  }

  private List<SimulatedLog.Entry> log() throws IOException {
    return SimulatedLog.read(directory.resolve("carrier.log"));
  }
}
