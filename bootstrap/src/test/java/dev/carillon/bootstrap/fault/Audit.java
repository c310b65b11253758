package dev.carillon.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.service.Client;
import dev.carillon.providers.simulated.SimulatedLog;
import dev.carillon.v1.AuditBulkJobRequest;
import dev.carillon.v1.AuditBulkJobResponse;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobCounters;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What must hold of a job after every fault: it ends; each accepted message has its place in one
/// counter; statuses, tallies, attempts and counters agree; and the carriers' own logs have no
/// message twice that was not handed over as a possible duplicate, and all that count as taken.
final class Audit {
  private static final Set<MessageStatus> TAKEN =
      Set.of(
          MessageStatus.MESSAGE_STATUS_SENT,
          MessageStatus.MESSAGE_STATUS_DELIVERED,
          MessageStatus.MESSAGE_STATUS_READ,
          MessageStatus.MESSAGE_STATUS_UNDELIVERED);

  private final Scene scene;
  private final Client client;
  private final Client operator;

  /// @param operator a caller with a key of the role operator
  Audit(Scene scene, Client client, Client operator) {
    this.scene = scene;
    this.client = client;
    this.operator = operator;
  }

  /// Waits for the job's end and checks it.
  ///
  /// @param accepted messages
  /// @param mostUnknown may be in doubt at its end
  BulkJob ofEnded(String fault, String bulkId, int accepted, long mostUnknown) throws Exception {
    BulkJob ended = Scene.await(client, bulkId, "the end of the job", BulkJob::getDone);
    BulkJobCounters atEnd = ended.getCounters();
    System.out.printf(
        "fault: %s: %d accepted, %d in doubt at the end (of %d at most), %d failed, %d sent"
            + " again%n",
        fault,
        atEnd.getAccepted(),
        atEnd.getUnknown(),
        mostUnknown,
        atEnd.getFailed(),
        scene.handedOver(bulkId).stream()
            .filter(SimulatedLog.Entry::possibleDuplicate)
            .filter(SimulatedLog.Entry::taken)
            .count());
    assertThat(atEnd.getAccepted()).isEqualTo(accepted);
    assertThat(atEnd.getUnknown()).isBetween(0L, mostUnknown);
    agrees(bulkId, accepted);
    return ended;
  }

  /// Checks a job as it stands, ended or not.
  void agrees(String bulkId, int accepted) throws Exception {
    AuditBulkJobResponse found =
        Scene.patiently(() ->
            Scene.admin(operator)
                .auditBulkJob(AuditBulkJobRequest.newBuilder().setBulkId(bulkId).build()));
    assertThat(found.getDifferencesList()).isEmpty();
    assertThat(found.getDifferenceCount()).isZero();
    assertThat(found.getMessageCount()).isEqualTo(accepted);
    assertThat(sum(found.getBulkJob().getCounters())).isEqualTo(accepted);
    carriersAgree(bulkId, found.getBulkJob().getDone());
  }

  private void carriersAgree(String bulkId, boolean ended) throws Exception {
    List<SimulatedLog.Entry> before = scene.handedOver(bulkId);
    List<Message> messages = Scene.patiently(() -> client.allMessages(bulkId));
    List<SimulatedLog.Entry> log = scene.handedOver(bulkId);

    assertThat(log)
        .filteredOn(entry -> entry.taken() && !entry.possibleDuplicate())
        .extracting(SimulatedLog.Entry::ref)
        .as("handed over once")
        .doesNotHaveDuplicates();
    Set<Integer> taken = taken(log);
    assertThat(messages)
        .filteredOn(message -> TAKEN.contains(message.getStatus()))
        .as("what counts as taken is with the carrier")
        .allMatch(message -> taken.contains(message.getPosition()));
    if (ended) {
      Set<Integer> takenBefore = taken(before);
      assertThat(messages)
          .filteredOn(message -> takenBefore.contains(message.getPosition()))
          .as("what the carrier has counts as taken, or as in doubt")
          .allMatch(message -> TAKEN.contains(message.getStatus()) || isInDoubt(message));
    }
  }

  /// Also when it was given up, on demand, without evidence.
  private static boolean isInDoubt(Message message) {
    return message.getStatus() == MessageStatus.MESSAGE_STATUS_UNKNOWN
        || message.getReason().equals("OUTCOME_UNKNOWN");
  }

  private static Set<Integer> taken(List<SimulatedLog.Entry> log) {
    return log.stream()
        .filter(SimulatedLog.Entry::taken)
        .map(entry -> entry.ref().position())
        .collect(Collectors.toSet());
  }

  private static long sum(BulkJobCounters counters) {
    return counters.getPending()
        + counters.getQueued()
        + counters.getSent()
        + counters.getDelivered()
        + counters.getRead()
        + counters.getUndelivered()
        + counters.getFailed()
        + counters.getExpired()
        + counters.getCancelled()
        + counters.getUnknown();
  }
}
