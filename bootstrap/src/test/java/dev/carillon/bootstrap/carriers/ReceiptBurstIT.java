package dev.carillon.bootstrap.carriers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.service.Client;
import dev.carillon.bootstrap.service.ServedProcess;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.providers.simulated.SimulatedLog;
import dev.carillon.v1.BulkJobCounters;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class ReceiptBurstIT {
  private static final int RECEIPTS = 100_000;
  private static final int PER_JOB = 50_000;
  private static final int PER_CALL = 50;
  private static final int SENDERS = 8;

  @TempDir Path directory;

  private final AtomicInteger thanked = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  @Test
  void losesNoReceiptOfABurstInWhichTheServiceIsKilled() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary()) {
      losesNone(postgres);
    }
  }

  private void losesNone(EmbeddedPostgres postgres) throws Exception {
    int port = freePort();
    Map<String, String> settings = settings(postgres, port);
    List<String> jobs = new ArrayList<>();
    BlockingQueue<String> calls;
    List<FutureTask<Void>> senders = new ArrayList<>();
    try (ServedProcess first = ServedProcess.start(directory, settings);
        Client client = first.client()) {
      for (int i = 0; i < RECEIPTS / PER_JOB; i++) {
        jobs.add(client.create(Client.anSmsJobTo(PER_JOB)).getBulkId());
      }
      for (String job : jobs) {
        client.pollJob(job, it -> it.getCounters().getSent() == PER_JOB);
      }
      Hook.takeOver(postgres);
      calls = calls();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(start(() -> sendAll(calls, port)));
      }
      Awaitility.await()
          .atMost(2, TimeUnit.MINUTES)
          .until(() -> thanked.get() >= RECEIPTS / PER_CALL / 4);
      first.kill();
    }
    int thankedByTheFirst = thanked.get();

    try (ServedProcess second = ServedProcess.start(directory, settings);
        Client client = second.client()) {
      for (FutureTask<Void> sender : senders) {
        sender.get(5, TimeUnit.MINUTES);
      }

      assertThat(thankedByTheFirst).isLessThan(RECEIPTS / PER_CALL);
      assertThat(thanked.get()).isEqualTo(RECEIPTS / PER_CALL);
      assertThat(failed.get()).isPositive();
      for (String job : jobs) {
        BulkJobCounters counters = client.get(job).getCounters();
        assertThat(counters.getDelivered()).as(counters.toString()).isEqualTo(PER_JOB);
        assertThat(counters.getSent()).isZero();
      }
    }
  }

  /// As a carrier does: each call again and again until it is thanked for.
  private void sendAll(BlockingQueue<String> calls, int port) throws InterruptedException {
    try (Hook hook = new Hook(port)) {
      String body = calls.poll();
      while (body != null) {
        if (isThanked(hook, body)) {
          thanked.incrementAndGet();
          body = calls.poll();
        } else {
          failed.incrementAndGet();
          TimeUnit.MILLISECONDS.sleep(50);
        }
      }
    }
  }

  private static boolean isThanked(Hook hook, String body) throws InterruptedException {
    try {
      return hook.call(body) == 200;
    } catch (IOException away) {
      return false;
    }
  }

  private BlockingQueue<String> calls() throws IOException {
    List<String> references =
        SimulatedLog.read(directory.resolve("carrier.log")).stream()
            .map(it -> it.ref().toString())
            .toList();
    assertThat(references).hasSize(RECEIPTS).doesNotHaveDuplicates();
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    for (int i = 0; i < references.size(); i += PER_CALL) {
      calls.add(Hook.about(references.subList(i, i + PER_CALL), "delivered"));
    }
    return calls;
  }

  private Map<String, String> settings(EmbeddedPostgres postgres, int port) throws IOException {
    Map<String, String> settings = new HashMap<>(Hook.database(postgres));
    Path file = Files.writeString(directory.resolve("carillon.conf"), Hook.SETTINGS);
    settings.put("CARILLON_CONFIG", file.toString());
    settings.put("CARILLON_CALLBACKS_PORT", Integer.toString(port));
    settings.put("CARILLON_SIMULATED_LOG_FILE", directory.resolve("carrier.log").toString());
    settings.put("CARILLON_SIMULATED_RECEIPTS", "false");
    settings.put("CARILLON_SIMULATED_LATENCY_FROM", "0ms");
    settings.put("CARILLON_SIMULATED_LATENCY_TO", "1ms");
    return settings;
  }

  private static FutureTask<Void> start(Sending sending) {
    FutureTask<Void> task =
        new FutureTask<>(() -> {
          sending.run();
          return null;
        });
    Thread.ofVirtual().start(task);
    return task;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private interface Sending {
    void run() throws Exception;
  }
}
