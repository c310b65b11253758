package dev.carillon.application.dispatch;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Route;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final int FIRST = 0;
  private static final int SECOND = 7;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Route ROUTE = new Route(new CarrierId("any"), "");

  private final InFlight inFlight = new InFlight();

  @Test
  void takesNoAnswerOfACarrierThatHasGivenTheMessageBack() {
    inFlight.add(List.of(marked(SECOND)), MINUTE);
    Answer late = answer(FIRST);
    Answer own = answer(SECOND);

    assertThat(inFlight.accept(List.of(late))).isEmpty();
    assertThat(inFlight.size()).isOne();
    assertThat(inFlight.accept(List.of(own))).containsExactly(own);
    assertThat(inFlight.size()).isZero();
  }

  @Test
  void takesALateAnswerFromWhoeverIsOverdueOnly() {
    inFlight.add(List.of(marked(SECOND)), Duration.ZERO);
    assertThat(inFlight.timedOut(System.nanoTime(), _ -> ROUTE, CREATED))
        .extracting(Answer::carrier)
        .containsExactly(SECOND);
    Answer own = answer(SECOND);

    assertThat(inFlight.accept(List.of(answer(FIRST)))).isEmpty();
    assertThat(inFlight.accept(List.of(own))).containsExactly(own);
  }

  private static Settled.Marked marked(int carrier) {
    return new Settled.Marked(3, 1, false, carrier);
  }

  private static Answer answer(int carrier) {
    DispatchOutcome taken = new DispatchOutcome.Accepted("id");
    return new Answer(3, 1, false, taken, ROUTE, carrier, CREATED);
  }
}
