package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.simulated.SimulatedLog;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CrashIT {
  private static final int RECIPIENTS = 20_000;
  private static final int WORKERS = 4;
  private static final int WINDOW = 200;
  private static final int TAILS = 4;

  @TempDir Path directory;

  @Test
  void aKilledServiceGoesOnWhereItWasAndSendsNothingTwice() throws Exception {
    String bulkId;
    try (ServedProcess first = ServedProcess.start(directory, settings());
        Client client = first.client()) {
      bulkId = client.create(Client.anSmsJobTo(RECIPIENTS)).getBulkId();
      client.awaitJob(bulkId, job -> job.getCounters().getProcessed() >= RECIPIENTS / 4);
      first.kill();
    }
    int handedOverByTheFirst = log().size();

    try (ServedProcess second = ServedProcess.start(directory, settings());
        Client client = second.client()) {
      assertThat(second.startLines())
          .anyMatch(
              line -> line.matches(".*in doubt: \\d+ messages .*; [1-9]\\d* more are marked.*"));
      BulkJob ended = Client.job(client.watch(bulkId).getLast());

      assertThat(handedOverByTheFirst).isLessThan(RECIPIENTS);
      assertNothingIsLostOrDoubled(client, ended);
      assertThat(second.end()).isZero();
    }
  }

  @Test
  void termDrainsTheServiceAndEndsItWithZero() throws Exception {
    try (ServedProcess served = ServedProcess.start(directory, settings())) {
      assertThat(served.startSeconds()).isPositive();

      assertThat(served.end()).isZero();

      assertThat(served.readTo("stopped")).anyMatch(line -> line.contains("stopped"));
    }
  }

  private void assertNothingIsLostOrDoubled(Client client, BulkJob ended) throws Exception {
    var counters = ended.getCounters();
    assertThat(ended.getStatus())
        .isIn(BulkJobStatus.BULK_JOB_STATUS_COMPLETED, BulkJobStatus.BULK_JOB_STATUS_PARTIAL);
    assertThat(counters.getTotal()).isEqualTo(RECIPIENTS);
    assertThat(counters.getRemaining()).isZero();
    assertThat(counters.getUnknown()).isBetween(0L, (long) WORKERS * WINDOW + TAILS * (WINDOW / 4));
    assertThat(counters.getFailed() + counters.getExpired() + counters.getCancelled()).isZero();

    List<SimulatedLog.Entry> log = log();
    assertThat(log).extracting(SimulatedLog.Entry::ref).doesNotHaveDuplicates();
    Set<Integer> handedOver =
        log.stream()
            .map(SimulatedLog.Entry::ref)
            .map(MessageRef::position)
            .collect(Collectors.toSet());
    List<Message> messages = client.allMessages(ended.getBulkId());
    assertThat(messages).hasSize(RECIPIENTS);
    assertThat(messages)
        .filteredOn(message -> message.getStatus() != MessageStatus.MESSAGE_STATUS_UNKNOWN)
        .allMatch(message -> handedOver.contains(message.getPosition()));
    assertThat(messages)
        .filteredOn(message -> !handedOver.contains(message.getPosition()))
        .allMatch(message -> message.getStatus() == MessageStatus.MESSAGE_STATUS_UNKNOWN);
  }

  private Map<String, String> settings() {
    return Map.of(
        "CARILLON_DATABASE_DATA_DIRECTORY",
        directory.resolve("data").toString(),
        "CARILLON_SIMULATED_LOG_FILE",
        directory.resolve("carrier.log").toString(),
        "CARILLON_SIMULATED_RECEIPTS",
        "false",
        "CARILLON_SIMULATED_LATENCY_FROM",
        "50ms",
        "CARILLON_SIMULATED_LATENCY_TO",
        "150ms",
        "CARILLON_SIMULATED_WINDOW",
        Integer.toString(WINDOW),
        "CARILLON_DISPATCH_WORKERS",
        Integer.toString(WORKERS),
        "CARILLON_DISPATCH_TAILS",
        Integer.toString(TAILS),
        "CARILLON_DISPATCH_LEASE_TIME",
        "2s");
  }

  private List<SimulatedLog.Entry> log() throws java.io.IOException {
    return SimulatedLog.read(directory.resolve("carrier.log"));
  }
}
