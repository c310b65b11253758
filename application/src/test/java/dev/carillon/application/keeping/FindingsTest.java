package dev.carillon.application.keeping;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.port.Carrier.Finding;
import dev.carillon.application.settling.Answer;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.StatusByte;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final JobId JOB = new JobId(1);
  private static final MessageRef REF = new MessageRef(JOB, 0, 0);
  private static final CarrierId CARRIER = new CarrierId("scripted");

  @Test
  void whatWasNeverTakenIsTheAnswerToItsLastAttempt() {
    Findings findings = neverTaken(MessageState.UNKNOWN, 3);

    assertThat(findings.receipts()).isEmpty();
    assertThat(findings.answers())
        .extracting(
            Answer::position, Answer::attempt, Answer::resent, answer -> answer.route().carrier())
        .containsExactly(tuple(0, 3, false, CARRIER));
  }

  @Test
  void thatOneOfManyHandOversWasNeverTakenSaysNothing() {
    Findings findings = neverTaken(MessageState.UNKNOWN_RESENT, 2);

    assertThat(findings.answers()).isEmpty();
    assertThat(findings.receipts()).isEmpty();
  }

  private static Findings neverTaken(MessageState state, int attempts) {
    byte[] statuses = {StatusByte.of(state, attempts)};
    Chunk chunk = new Chunk(new ChunkKey(JOB, 0), 0, statuses, attempts - 1);
    return Findings.of(chunk, CARRIER, Map.of(REF, new Finding.NeverTaken()), CREATED);
  }
}
