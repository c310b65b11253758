package dev.carillon.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OptOutTellerTest {
  private final RecordingNotices notices = new RecordingNotices();
  private final OptOutTeller teller = new OptOutTeller(new CarrierId("relay"), notices);

  @Test
  void hasToldEverythingWhenItIsClosed() {
    IntStream.range(0, 1_000).forEach(position -> teller.tell(optOut(position)));
    teller.close();

    assertThat(notices.notices())
        .hasSize(1_000)
        .contains(new Notice.OfOptOut(optOut(0)), new Notice.OfOptOut(optOut(999)));
  }

  @Test
  void goesOnWhenSomethingCannotBeStored() {
    notices.goDown(true);
    IntStream.range(0, 600).forEach(position -> teller.tell(optOut(position)));
    notices.awaitCalls(600);
    notices.goDown(false);
    teller.tell(optOut(600));

    assertThat(notices.awaitNotices(1)).containsExactly(new Notice.OfOptOut(optOut(600)));
    teller.close();
  }

  private static OptOut optOut(int position) {
    return new OptOut.OfMessage(
        new CarrierId("relay"),
        new MessageRef(new JobId(7), 0, position),
        SuppressionCause.HARD_BOUNCE,
        "gone",
        Instant.EPOCH);
  }
}
