package dev.carillon.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.service.Client;
import dev.carillon.bootstrap.service.RunningCarillon;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.Carrier;
import dev.carillon.v1.CarrierCircuit;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.ListCarriersRequest;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.UnknownPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A carrier that throttles, fails, takes and does not answer, and hangs, by the scripts of its
/// magic numbers (docs/simulated-carrier.md).
@Timeout(120)
class CarrierFaultIT {
  private static final int ORDINARY = 1_000;
  private static final long SEED = 20_260_214;

  /// How many messages have which script, by its two digits.
  private static final Map<Integer, Integer> SCRIPTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(20, 20),
              Map.entry(30, 60),
              Map.entry(31, 30),
              Map.entry(33, 30),
              Map.entry(40, 60),
              Map.entry(41, 60),
              Map.entry(42, 30),
              Map.entry(43, 30),
              Map.entry(50, 40),
              Map.entry(51, 30),
              Map.entry(53, 30),
              Map.entry(54, 30),
              Map.entry(56, 30),
              Map.entry(60, 60),
              Map.entry(61, 30)));

  private static final int BUSY = 1_500;
  private static final int REFUSED = 20;
  private static final int LOST_UNTAKEN = 56;

  /// Messages that it takes in a second when it is too busy.
  private static final int CAPACITY = 300;

  @TempDir static Path directory;

  private static EmbeddedPostgres postgres;
  private static Scene scene;

  @BeforeAll
  static void startPostgres() {
    postgres = EmbeddedPostgres.temporary();
    scene = new Scene(directory, postgres, postgres.jdbcUrl("postgres"));
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  @Test
  void jobsOutliveACarrierThatDoesEverythingWrong() throws Exception {
    List<Integer> scripts = scripts();
    try (Node node = Node.with(Map.of())) {
      Client client = node.carillon().client();
      Audit audit = node.audit();
      String held = client.create(request(scripts)).getBulkId();
      String resent =
          client
              .create(request(scripts).setUnknownPolicy(UnknownPolicy.UNKNOWN_POLICY_RESEND))
              .getBulkId();

      audit.ofEnded("a failing carrier", held, scripts.size(), unanswered());
      audit.ofEnded("a failing carrier, resending", resent, scripts.size(), unanswered());

      Until.holds(
          "that only what no carrier has is in doubt",
          () -> inDoubt(client, held, scripts).equals(Map.of(LOST_UNTAKEN, count(LOST_UNTAKEN))));
      Until.holds(
          "that what no carrier has is sent again on demand",
          () -> !inDoubt(client, resent, scripts).containsKey(LOST_UNTAKEN));
      for (String bulkId : List.of(held, resent)) {
        assertThat(failedForAReason(client, bulkId)).isEqualTo(count(REFUSED));
        audit.agrees(bulkId, scripts.size());
      }
    }
  }

  @Test
  void aJobKeepsToWhatABusyCarrierTakesAndTheRateRecovers() throws Exception {
    Map<String, String> busy =
        Map.of(
            "CARILLON_SIMULATED_JUDGED",
            "true",
            "CARILLON_SIMULATED_RATE_PER_SECOND",
            Integer.toString(CAPACITY));
    try (Node node = Node.with(busy)) {
      String bulkId = node.carillon().client().create(Client.anSmsJobTo(BUSY)).getBulkId();

      node.audit().ofEnded("a carrier that is too busy", bulkId, BUSY, 0);

      double cut = node.carrier().getCurrentRatePerSecond();
      assertThat(cut).isBetween(CAPACITY / 10.0, 2.0 * CAPACITY);
      Until.holds("that it is given more", () -> node.carrier().getCurrentRatePerSecond() > cut);
      assertThat(node.carrier().getCircuit()).isEqualTo(CarrierCircuit.CARRIER_CIRCUIT_CLOSED);
    }
  }

  /// The scripts of all messages in their order; -1 for an ordinary one.
  private static List<Integer> scripts() {
    List<Integer> scripts = new ArrayList<>(Collections.nCopies(ORDINARY, -1));
    SCRIPTS.forEach((script, count) -> scripts.addAll(Collections.nCopies(count, script)));
    Collections.shuffle(scripts, new Random(SEED));
    return scripts;
  }

  private static CreateBulkJobRequest.Builder request(List<Integer> scripts) {
    CreateBulkJobRequest.Builder request =
        CreateBulkJobRequest.newBuilder()
            .setSms(SmsContent.newBuilder().setSender("HOUSE"))
            .setDefaultRegion("ZW");
    List<BulkJobEntry> ordinary = Client.personalEntries(scripts.size());
    for (int i = 0; i < scripts.size(); i++) {
      BulkJobEntry.Builder entry = ordinary.get(i).toBuilder();
      if (scripts.get(i) >= 0) {
        entry.setTo("+120255501%02d".formatted(scripts.get(i)));
      }
      request.addEntries(entry);
    }
    return request;
  }

  /// How many are in doubt, by script.
  private static Map<Integer, Long> inDoubt(Client client, String bulkId, List<Integer> scripts) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (Message message : client.allMessages(bulkId)) {
      if (message.getStatus() == MessageStatus.MESSAGE_STATUS_UNKNOWN) {
        counts.merge(scripts.get(message.getPosition()), 1L, Long::sum);
      }
    }
    return counts;
  }

  /// Not those that were in doubt and are given up.
  private static long failedForAReason(Client client, String bulkId) {
    return client.allMessages(bulkId).stream()
        .filter(message -> message.getStatus() == MessageStatus.MESSAGE_STATUS_FAILED)
        .filter(message -> !message.getReason().equals("OUTCOME_UNKNOWN"))
        .count();
  }

  /// Messages whose first answer does not come in time, or says nothing.
  private static long unanswered() {
    return List.of(50, 51, 53, 54, 56, 61).stream().mapToLong(CarrierFaultIT::count).sum();
  }

  private static long count(int script) {
    return SCRIPTS.getOrDefault(script, 0);
  }

  /// A node, an operator and an auditor of it.
  private record Node(RunningCarillon carillon, Client operator, Audit audit)
      implements AutoCloseable {
    static Node with(Map<String, String> settings) {
      RunningCarillon carillon = RunningCarillon.with(scene.settings("node", settings));
      Client operator = scene.operator(carillon.port());
      return new Node(carillon, operator, new Audit(scene, carillon.client(), operator));
    }

    /// How the carrier stands.
    Carrier carrier() {
      return Scene.admin(operator)
          .listCarriers(ListCarriersRequest.getDefaultInstance())
          .getCarriersList()
          .getFirst();
    }

    @Override
    public void close() {
      operator.close();
      carillon.close();
    }
  }
}
