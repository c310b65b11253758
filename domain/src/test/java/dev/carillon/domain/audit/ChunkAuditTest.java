package dev.carillon.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.StatusByte;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChunkAuditTest {
  private static final int FIRST = 8;
  private static final Evidence ACCEPTED = new Evidence(1, 1, 1, 0, false, false);
  private static final Evidence REFUSED = new Evidence(1, 1, 0, 0, true, false);

  @Test
  void findsNothingWhereEverythingAgrees() {
    Chunk chunk =
        chunk(
            1,
            StatusByte.of(MessageState.SENT, 1),
            StatusByte.of(MessageState.FAILED, 2),
            StatusByte.of(MessageState.REJECTED_INVALID, 0));
    Map<String, Integer> counted =
        Map.of("sent", 1, "failed", 1, "rejected_invalid", 1, "queued", 0, "unknown", 0);
    Map<Integer, Evidence> evidence =
        Map.of(FIRST, ACCEPTED, FIRST + 1, new Evidence(2, 2, 0, 0, true, false));

    assertThat(ChunkAudit.of(chunk, false, counted, 3, evidence)).isEmpty();
  }

  @Test
  void namesEveryFigureOfTheTallyThatIsWrong() {
    Chunk chunk =
        chunk(0, StatusByte.of(MessageState.QUEUED, 0), StatusByte.of(MessageState.EXPIRED, 0));

    assertThat(audit(chunk, true, Map.of("queued", 2, "expired", 1, "sent", 1)))
        .containsExactlyInAnyOrder("counts 2 queued, but 1 are", "counts 1 sent, but 0 are");
    assertThat(audit(chunk, true, Map.of("lost", 0)))
        .containsExactly("counts lost, which nothing is");
  }

  @Test
  void countsAllKindsOfTheSameUnderOneName() {
    Chunk chunk =
        chunk(
            1,
            StatusByte.of(MessageState.FAILED_SYSTEM_ERROR, 0),
            StatusByte.of(MessageState.FAILED_OUTCOME_UNKNOWN, 1),
            StatusByte.of(MessageState.CANCELLED_SUPPRESSED, 0),
            StatusByte.of(MessageState.CANCELLED_DELETED, 0),
            StatusByte.of(MessageState.CANCELLED, 0),
            StatusByte.of(MessageState.UNKNOWN, 1),
            StatusByte.of(MessageState.RESENDING, 2),
            StatusByte.of(MessageState.UNKNOWN_RESENT, 1));

    assertThat(audit(chunk, true, Map.of("failed", 2, "cancelled", 3, "unknown", 3))).isEmpty();
  }

  @Test
  void namesAClosedChunkInWhichSomethingWaits() {
    Chunk chunk = chunk(0, StatusByte.of(MessageState.QUEUED, 0));

    assertThat(audit(chunk, false, Map.of()))
        .containsExactly("closed, although messages wait in it or have no answer");
  }

  @Test
  void namesAnOpenChunkInWhichNothingIsLeft() {
    assertThat(audit(chunk(0, StatusByte.of(MessageState.EXPIRED, 0)), true, Map.of()))
        .containsExactly("open, although nothing is left to be done in it");
    assertThat(audit(chunk(0, StatusByte.of(MessageState.UNKNOWN, 1)), true, Map.of())).isEmpty();
  }

  @Test
  void namesReattemptsThatWereNotMade() {
    Chunk chunk = chunk(2, StatusByte.of(MessageState.QUEUED, 2));

    assertThat(audit(chunk, true, Map.of()))
        .containsExactly("counts 2 re-attempts, but 1 were made");
  }

  @Test
  void namesMissingMessageRows() {
    Chunk chunk = chunk(0, StatusByte.of(MessageState.QUEUED, 0));

    assertThat(ChunkAudit.of(chunk, true, Map.of(), 0, Map.of()))
        .containsExactly(new Difference(7, null, "0 message rows for 1 statuses"));
  }

  @Test
  void tellsWhereAMessageIsThatDoesNotAgree() {
    Chunk chunk =
        chunk(0, StatusByte.of(MessageState.SENT, 1), StatusByte.of(MessageState.FAILED, 1));

    assertThat(ChunkAudit.of(chunk, false, Map.of(), 2, Map.of(FIRST, ACCEPTED)))
        .containsExactly(
            new Difference(7, FIRST + 1, "FAILED although no attempt was refused or in vain"));
    assertThat(ChunkAudit.of(chunk, false, Map.of(), 2, Map.of(FIRST + 1, REFUSED)))
        .extracting(Difference::subject)
        .containsExactly("message " + FIRST);
  }

  private static List<String> audit(Chunk chunk, boolean open, Map<String, Integer> counted) {
    return ChunkAudit.of(chunk, open, counted, chunk.size(), Map.of()).stream()
        .map(Difference::what)
        .toList();
  }

  private static Chunk chunk(long retries, byte... statuses) {
    return new Chunk(new ChunkKey(new JobId(1), 7), FIRST, statuses, retries);
  }
}
