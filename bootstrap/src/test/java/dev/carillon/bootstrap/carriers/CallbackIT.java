package dev.carillon.bootstrap.carriers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.service.Client;
import dev.carillon.bootstrap.service.RunningCarillon;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.providers.simulated.SimulatedLog;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobCounters;
import dev.carillon.v1.CreateBulkJobRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallbackIT {
  private static final int RECIPIENTS = 4;

  private final AtomicInteger cutOff = new AtomicInteger();
  private EmbeddedPostgres postgres;
  private RunningCarillon carillon;
  private Hook hook;
  private Path log;
  private BulkJob job;
  private List<String> references;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    log = directory.resolve("carrier.log");
    Path file = Files.writeString(directory.resolve("carillon.conf"), Hook.SETTINGS);
    postgres = EmbeddedPostgres.temporary();
    Map<String, String> settings = new HashMap<>(Hook.database(postgres));
    settings.put("CARILLON_CALLBACKS_PORT", "0");
    settings.put("CARILLON_SIMULATED_LOG_FILE", log.toString());
    settings.put("CARILLON_SIMULATED_RECEIPTS", "false");
    carillon = RunningCarillon.with(file, settings);
    hook = new Hook(carillon.callbackPort());
  }

  @AfterAll
  void stop() {
    hook.close();
    carillon.close();
    postgres.close();
  }

  @BeforeEach
  void sendAJob() throws IOException, SQLException {
    int before = SimulatedLog.read(log).size();
    CreateBulkJobRequest.Builder request = Client.anSmsJobTo(RECIPIENTS);
    String bulkId = carillon.client().create(request).getBulkId();
    job = carillon.client().pollJob(bulkId, it -> it.getCounters().getSentCount() == RECIPIENTS);
    references =
        SimulatedLog.read(log).stream().skip(before).map(it -> it.ref().toString()).toList();
    Hook.takeOver(postgres);
  }

  @Test
  void settlesMessagesByWhatACarrierTells() throws Exception {
    assertThat(hook.call(Hook.about(references.subList(0, 3), "delivered"))).isEqualTo(200);
    assertThat(hook.call(Hook.about(references.subList(0, 1), "read"))).isEqualTo(200);
    assertThat(hook.call(Hook.about(references.subList(3, 4), "failed"))).isEqualTo(200);

    BulkJobCounters counters = counters();
    assertThat(counters.getRead()).isEqualTo(1);
    assertThat(counters.getDelivered()).isEqualTo(2);
    assertThat(counters.getUndelivered()).isEqualTo(1);
  }

  @Test
  void believesNoCarrierAboutWhatAnotherWasGiven() throws Exception {
    String bulkId = carillon.client().create(Client.anSmsJobTo(1)).getBulkId();
    BulkJob another = carillon.client().pollJob(bulkId, it -> it.getCounters().getSentCount() == 1);
    String reference = SimulatedLog.read(log).getLast().ref().toString();

    assertThat(hook.call(Hook.about(List.of(reference), "failed"))).isEqualTo(200);

    assertThat(carillon.client().get(bulkId).getCounters()).isEqualTo(another.getCounters());
  }

  @Test
  void changesNothingForWhoeverCannotSign() throws Exception {
    String body = Hook.about(references, "delivered");

    assertThat(hook.call(body, "")).isEqualTo(401);
    assertThat(hook.call(body, "sha256=" + "0".repeat(64))).isEqualTo(401);
    assertThat(hook.call(body, Hook.signature(body + " "))).isEqualTo(401);
    assertThat(hook.call(body, Hook.signature(Hook.about(references, "read")))).isEqualTo(401);
    assertThat(counters()).isEqualTo(job.getCounters());
  }

  @Test
  void changesNothingWhenACallIsReplayed() throws Exception {
    String delivered = Hook.about(references, "delivered");
    String read = Hook.about(references, "read");
    assertThat(hook.call(delivered)).isEqualTo(200);
    assertThat(hook.call(read)).isEqualTo(200);
    BulkJobCounters told = counters();

    for (int i = 0; i < 5; i++) {
      assertThat(hook.call(delivered)).isEqualTo(200);
      assertThat(hook.call(read)).isEqualTo(200);
    }

    assertThat(told.getRead()).isEqualTo(RECIPIENTS);
    assertThat(counters()).isEqualTo(told);
  }

  @Test
  void changesNothingByWhatCannotBeReadOrIsAboutNobody() throws Exception {
    assertThat(hook.call("{\"entry\": [{")).isEqualTo(400);
    assertThat(hook.call("[]")).isEqualTo(400);
    assertThat(hook.call("{}")).isEqualTo(200);
    assertThat(hook.call("{\"entry\": [{\"changes\": [{\"value\": {\"statuses\": [7, null]}}]}]}"))
        .isEqualTo(200);
    assertThat(hook.call(Hook.about(List.of("999999999.0.0", "not a reference"), "delivered")))
        .isEqualTo(200);
    try (Hook nobody = new Hook(carillon.callbackPort(), "nobody")) {
      assertThat(nobody.call(Hook.about(references, "delivered"))).isEqualTo(404);
    }

    assertThat(counters()).isEqualTo(job.getCounters());
  }

  @Test
  void goesOnWhileOthersSendBodiesWithoutEnd() throws Exception {
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      senders.add(Thread.ofVirtual().start(this::sendABodyWithoutEnd));
    }

    assertThat(hook.call(Hook.about(references, "delivered"))).isEqualTo(200);
    assertThat(counters().getDelivered()).isEqualTo(RECIPIENTS);
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(cutOff).hasValue(senders.size());
  }

  /// Up to a gigabyte, unless it is cut off.
  private void sendABodyWithoutEnd() {
    byte[] piece = ("2710\r\n" + "x".repeat(10_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), carillon.callbackPort())) {
      socket
          .getOutputStream()
          .write(
              "POST /callbacks/meta HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      for (long sent = 0; sent < 1L << 30; sent += piece.length) {
        socket.getOutputStream().write(piece);
      }
    } catch (IOException cut) {
      cutOff.incrementAndGet();
    }
  }

  private BulkJobCounters counters() {
    return carillon.client().get(job.getBulkId()).getCounters();
  }
}
