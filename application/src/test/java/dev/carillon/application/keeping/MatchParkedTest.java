package dev.carillon.application.keeping;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.NoticeDesk;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.MessageState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What becomes of receipts whose id nobody knew when they came.
class MatchParkedTest {
  private static final String ADDRESS = "+263771210000";

  private final House house = new House(ScriptedCarrier.withWindow(10));
  private final NoticeDesk desk = new NoticeDesk(house);

  @Test
  void joinsThePartsOfAMessage() {
    StoredJob job = marked(1);
    desk.record(
        told("p1", "", ReceiptKind.DELIVERED),
        told("p3", "", ReceiptKind.DELIVERED),
        told("p2", "", ReceiptKind.SENT));
    desk.answer(job.ref(0), "p1", "p2", "p3");
    pass(1);

    assertThat(desk.match()).isEqualTo(3);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    desk.record(told("p2", "", ReceiptKind.DELIVERED));
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.DELIVERED);
  }

  @Test
  void keepsParkedWhatCannotBeSettled() {
    StoredJob job = marked(2);
    desk.record(told("p1", "", ReceiptKind.UNDELIVERED), told("whole", "", ReceiptKind.DELIVERED));
    desk.answer(job.ref(0), "p1", "p2");
    desk.answer(job.ref(1), "whole");
    desk.failingNotes(new IllegalStateException("cannot be noted"));
    pass(1);

    assertThat(desk.match()).isOne();
    assertThat(desk.failed()).containsExactly(told("p1", "", ReceiptKind.UNDELIVERED, 1));
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.DELIVERED);
    assertThat(desk.match()).as("it keeps nothing from the others").isZero();

    desk.failingNotes(null);
    pass(10);
    assertThat(desk.match()).isOne();
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.UNDELIVERED);
  }

  @Test
  void settlesADoubtByTheOnlyAddressItCanBeAbout() {
    StoredJob job = lost(1);
    desk.record(told("never-told", ADDRESS, ReceiptKind.SENT));

    pass(29);
    assertThat(desk.matchByAddress()).isZero();
    pass(2);

    assertThat(desk.matchByAddress()).isOne();
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    assertThat(desk.matchByAddress()).isZero();
  }

  @Test
  void knowsTheIdOfASettledDoubtFromThenOn() {
    StoredJob job = lost(1);
    desk.record(told("never-told", ADDRESS, ReceiptKind.SENT));
    pass(31);
    desk.matchByAddress();

    desk.record(told("never-told", "", ReceiptKind.DELIVERED));

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.DELIVERED);
  }

  @Test
  void guessesNothingWhereSeveralIdsAreToldOfAnAddress() {
    StoredJob job = lost(1);
    desk.record(
        told("one", ADDRESS, ReceiptKind.DELIVERED), told("two", ADDRESS, ReceiptKind.DELIVERED));
    pass(31);

    assertThat(desk.matchByAddress()).isZero();
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.UNKNOWN);
  }

  @Test
  void guessesNothingWhereTheAnswerIsKnown() {
    StoredJob job = marked(1);
    desk.answer(job.ref(0), "its-own");
    desk.record(told("somebody-elses", ADDRESS, ReceiptKind.UNDELIVERED));
    pass(31);

    assertThat(desk.matchByAddress()).isZero();
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
  }

  @Test
  void guessesNothingWhenTheAnswerComesMeanwhile() {
    StoredJob job = lost(1);
    desk.record(told("somebody-elses", ADDRESS, ReceiptKind.UNDELIVERED));
    pass(31);
    desk.whenMatchedByAddress(() -> desk.answer(job.ref(0), "its-own"));

    assertThat(desk.matchByAddress()).isZero();

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    assertThat(house.store.log().receipts(job.id(), 0)).isEmpty();
  }

  @Test
  void forgetsWhatNobodyEverKnew() {
    desk.record(told("x", "", ReceiptKind.DELIVERED));
    ForgetParked forget =
        new ForgetParked(house.store.carrierMessages(), house.clock, Duration.ofDays(7));

    pass(Duration.ofDays(7).toSeconds() - 1);
    assertThat(forget.handle()).isZero();
    pass(2);
    assertThat(forget.handle()).isOne();
    assertThat(forget.handle()).isZero();
  }

  private StoredJob marked(int messages) {
    StoredJob job = desk.stored(anSmsJob().to(messages), house.scope);
    desk.mark(job);
    return job;
  }

  private StoredJob lost(int messages) {
    StoredJob job = marked(messages);
    for (int position = 0; position < messages; position++) {
      desk.lose(job.ref(position));
    }
    return job;
  }

  private void pass(long seconds) {
    house.pass(Duration.ofSeconds(seconds));
  }

  private Notice told(String id, String address, ReceiptKind kind) {
    return told(id, address, kind, 0);
  }

  private Notice told(String id, String address, ReceiptKind kind, int secondsAgo) {
    return new Notice.OfCarrierMessage(
        new CarrierReceipt(
            ScriptedCarrier.ID,
            id,
            id,
            address,
            kind,
            null,
            "",
            house.clock.instant().minusSeconds(secondsAgo)));
  }
}
