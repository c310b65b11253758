package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.smpp.DoubtfulMessages.Knowledge;
import java.util.List;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.TypeOfNumber;
import org.junit.jupiter.api.Test;

class DoubtfulMessagesTest {
  private static final OutboundMessage MESSAGE = TestTexts.saying("hello");
  private static final MessageRef REF = MESSAGE.ref();
  private static final Knowledge NOTHING = new Knowledge.Nothing();
  private static final Knowledge NEVER_TAKEN = new Knowledge.NeverTaken();

  private final DoubtfulMessages doubtful = new DoubtfulMessages();
  private final Submission first = attempt(1_000);
  private final Submission second = attempt(2_000);

  @Test
  void knowsNothingOfWhatItWasNotToldOf() {
    assertThat(doubtful.of(REF)).isEqualTo(NOTHING);
    doubtful.add(first);
    assertThat(doubtful.of(REF)).isEqualTo(NOTHING);
  }

  @Test
  void learnsFromARefusalThatComesLate() {
    doubtful.add(first);
    doubtful.neverTaken(first);

    assertThat(doubtful.of(REF)).isEqualTo(NEVER_TAKEN);
  }

  @Test
  void learnsFromARefusalThatComesBeforeItIsToldThatTheAnswerIsLost() {
    doubtful.neverTaken(first);
    doubtful.add(first);

    assertThat(doubtful.of(REF)).isEqualTo(NEVER_TAKEN);
  }

  @Test
  void doesNotTakeTheRefusalOfAnEarlierAttemptForThatOfALaterOne() {
    doubtful.add(first);
    doubtful.neverTaken(first);
    doubtful.add(second);

    assertThat(doubtful.of(REF)).isEqualTo(NOTHING);
  }

  @Test
  void doesNotTakeARefusalForThatOfALaterAttemptThatIsUnderWayByNow() {
    doubtful.add(first);
    doubtful.neverTaken(first);
    doubtful.again(second);

    assertThat(doubtful.of(REF)).isEqualTo(NOTHING);
    doubtful.neverTaken(first);
    assertThat(doubtful.of(REF)).isEqualTo(NOTHING);
  }

  @Test
  void hearsNoRefusalOfAnEarlierAttemptAnyMoreOnceALaterOneIsInDoubt() {
    doubtful.add(first);
    doubtful.again(second);
    doubtful.add(second);
    doubtful.neverTaken(first);

    assertThat(doubtful.of(REF)).isEqualTo(NOTHING);
    doubtful.neverTaken(second);
    assertThat(doubtful.of(REF)).isEqualTo(NEVER_TAKEN);
  }

  @Test
  void believesThatAnEarlierAttemptWasTakenWheneverThatIsTold() {
    doubtful.add(first);
    doubtful.again(second);
    doubtful.taken(first, List.of("00FF"), List.of("ff"));

    assertThat(doubtful.of(REF)).isEqualTo(new Knowledge.Taken(List.of("00FF"), List.of("ff")));
    assertThat(doubtful.named("ff")).contains(REF);
  }

  private static Submission attempt(long answerBy) {
    SmppAddresses.SmppAddress nobody =
        new SmppAddresses.SmppAddress("", TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN);
    return new Submission(
        MESSAGE,
        new RecordingHandOver(),
        new Envelope(nobody, nobody, null),
        List.of(new SmppPart((byte) 0, (byte) 0, new byte[0], new OptionalParameter[0])),
        answerBy / 2,
        answerBy);
  }
}
