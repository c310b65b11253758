package dev.carillon.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.bootstrap.service.Client;
import dev.carillon.bootstrap.service.ServedProcess;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.providers.simulated.SimulatedLog;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes in processes of their own, each with a carrier that has room for fewer messages than
/// its workers mark, so that some are always marked and not yet on the wire.
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {
  private static final int MESSAGES = 3_000;
  private static final Duration GRACE = Duration.ofSeconds(20);

  private static final List<Node> nodes = new CopyOnWriteArrayList<>();

  @TempDir static Path directory;

  private static EmbeddedPostgres postgres;
  private static Scene scene;
  private static Node first;
  private static Node second;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.temporary();
    scene = new Scene(directory, postgres, postgres.jdbcUrl("postgres"));
    try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Node> other = starting.submit(() -> Node.start("second"));
      first = Node.start("first");
      second = other.get();
    }
  }

  @AfterAll
  static void stop() {
    nodes.forEach(Node::close);
    postgres.close();
  }

  @Test
  @Order(1)
  void aFrozenNodeThatWakesHandsOverNothingThatIsNotInDoubt() throws Exception {
    Node frozen = first;
    Node other = second;
    String bulkId = other.client().create(Client.anSmsJobTo(MESSAGES)).getBulkId();
    Until.holds(
        "both nodes at work",
        () -> frozen.handedOver(bulkId).size() > 200 && other.handedOver(bulkId).size() > 200);
    Set<Integer> inDoubt;
    Set<Integer> before;
    Server.signal("STOP", frozen.process().pid());
    try {
      Scene.await(other.client(), bulkId, "the end of the job", BulkJob::getDone);
      inDoubt = inDoubt(other.client(), bulkId);
      before = positions(frozen.handedOver(bulkId));
    } finally {
      Server.signal("CONT", frozen.process().pid());
    }

    Until.holds(
        "that what a carrier took is in doubt no more",
        () -> {
          Set<Integer> still = inDoubt(other.client(), bulkId);
          return positions(scene.handedOver(bulkId)).stream().noneMatch(still::contains);
        });
    Set<Integer> woken = positions(frozen.handedOver(bulkId));
    woken.removeAll(before);
    System.out.printf(
        "fault: a node frozen: %d in doubt, %d of them handed over when it woke%n",
        inDoubt.size(), woken.size());
    assertThat(inDoubt).isNotEmpty().hasSizeLessThanOrEqualTo((int) Scene.inDoubtOfOneNode());
    assertThat(inDoubt).containsAll(woken);
    assertThat(inDoubt)
        .as("what is known now not to have been taken, after its job's end, was in doubt")
        .containsAll(positions(other.client(), bulkId, MessageStatus.MESSAGE_STATUS_FAILED));
    new Audit(scene, other.client(), other.operator())
        .ofEnded("a node frozen", bulkId, MESSAGES, Scene.inDoubtOfOneNode());
    Scene.patiently(() -> frozen.client().get(bulkId));
  }

  @Test
  @Order(2)
  void aNodeThatIsToldToEndLeavesNothingInDoubtAndItsStreamsGoOnElsewhere() throws Exception {
    String bulkId = first.client().create(Client.anSmsJobTo(MESSAGES)).getBulkId();
    List<WatchBulkJobResponse> events = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<ServingStatus>> health = threads.submit(() -> health(first.client()));
      Future<StatusRuntimeException> broken =
          threads.submit(() ->
              catchThrowableOfType(
                  StatusRuntimeException.class,
                  () -> events(first.client(), bulkId, "").forEachRemaining(events::add)));
      Scene.awaitProcessed(second.client(), bulkId, MESSAGES / 4);

      long start = System.nanoTime();
      assertThat(first.process().end()).isZero();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GRACE);
      assertThat(broken.get(10, TimeUnit.SECONDS).getStatus().getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(health.get(10, TimeUnit.SECONDS))
          .containsExactly(ServingStatus.SERVING, ServingStatus.NOT_SERVING);
    }
    assertThat(events).noneMatch(WatchBulkJobResponse::hasEnd);

    events(second.client(), bulkId, events.getLast().getResumeToken())
        .forEachRemaining(events::add);

    assertThat(events.getLast().hasEnd()).isTrue();
    assertThat(events.stream().filter(event -> !event.hasHeartbeat()).toList())
        .extracting(event -> Client.job(event).getCounters().getProcessed())
        .isSorted();
    new Audit(scene, second.client(), second.operator())
        .ofEnded("a node told to end", bulkId, MESSAGES, 0);
  }

  private static Set<Integer> inDoubt(Client client, String bulkId) {
    return positions(client, bulkId, MessageStatus.MESSAGE_STATUS_UNKNOWN);
  }

  private static Set<Integer> positions(Client client, String bulkId, MessageStatus status) {
    return client.allMessages(bulkId).stream()
        .filter(message -> message.getStatus() == status)
        .map(Message::getPosition)
        .collect(Collectors.toSet());
  }

  private static Set<Integer> positions(List<SimulatedLog.Entry> entries) {
    return entries.stream().map(entry -> entry.ref().position()).collect(Collectors.toSet());
  }

  private static Iterator<WatchBulkJobResponse> events(Client client, String bulkId, String token) {
    return client
        .jobs()
        .watchBulkJob(
            WatchBulkJobRequest.newBuilder().setBulkId(bulkId).setResumeToken(token).build());
  }

  /// What it says of itself until it ends that.
  private static List<ServingStatus> health(Client client) {
    List<ServingStatus> seen = new ArrayList<>();
    StatusRuntimeException ended =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                HealthGrpc.newBlockingStub(client.channel())
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .watch(HealthCheckRequest.getDefaultInstance())
                    .forEachRemaining(change -> seen.add(change.getStatus())));
    assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    return seen;
  }

  /// A node, its callers, and what its carrier was handed.
  private record Node(String name, ServedProcess process, Client client, Client operator)
      implements AutoCloseable {
    static Node start(String name) throws Exception {
      ServedProcess process =
          ServedProcess.start(
              directory,
              scene.settings(
                  name,
                  Map.of(
                      "CARILLON_SIMULATED_CONCURRENCY",
                      "150",
                      "CARILLON_SERVICE_SHUTDOWN_GRACE",
                      GRACE.toSeconds() + "s")));
      Node node = new Node(name, process, process.client(), scene.operator(process.port()));
      nodes.add(node);
      return node;
    }

    List<SimulatedLog.Entry> handedOver(String bulkId) throws Exception {
      return scene.handedOver(bulkId, name);
    }

    @Override
    public void close() {
      client.close();
      operator.close();
      process.close();
    }
  }
}
