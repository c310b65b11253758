package dev.carillon.application;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.NoticeDesk;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.NoticeSink;
import dev.carillon.application.port.StoreFault;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.LateAnswer;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordNoticesTest {
  private static final CarrierId CARRIER = ScriptedCarrier.ID;

  private final House house = new House(ScriptedCarrier.withWindow(10));
  private final NoticeDesk desk = new NoticeDesk(house);

  @Test
  void movesWhatIsToldByReference() {
    StoredJob job = inFlight(2);

    desk.record(ofMessage(job.ref(1), ReceiptKind.DELIVERED));

    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.DELIVERED);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.IN_FLIGHT);
  }

  @Test
  void movesWhatIsToldByAKnownId() {
    StoredJob job = inFlight(1);
    desk.answer(job.ref(0), "a1");

    desk.record(byId("a1", ReceiptKind.DELIVERED));

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.DELIVERED);
    assertThat(desk.parked()).isZero();
  }

  @Test
  void countsWhatIsAboutNothingAndChangesNothing() {
    StoredJob job = inFlight(1);

    desk.record(
        ofMessage(new MessageRef(new JobId(999_999), 0, 0), ReceiptKind.DELIVERED),
        ofMessage(new MessageRef(job.id(), 0, 77), ReceiptKind.READ),
        new Notice.OfOptOut(
            new OptOut.OfMessage(
                CARRIER,
                new MessageRef(new JobId(999_999), 0, 0),
                SuppressionCause.COMPLAINT,
                "",
                house.clock.instant())));

    assertThat(desk.ofNobody()).isEqualTo(3);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.IN_FLIGHT);
  }

  @Test
  void parksWhatNobodyKnowsUntilTheAnswerIsThere() {
    StoredJob job = inFlight(1);

    desk.record(byId("a1", ReceiptKind.DELIVERED), byId("a1", ReceiptKind.DELIVERED));
    assertThat(desk.parked()).isEqualTo(2);
    assertThat(desk.match()).isZero();
    desk.answer(job.ref(0), "a1");
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    house.clock.advance(Duration.ofSeconds(1));

    assertThat(desk.match()).isOne();
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.DELIVERED);
    assertThat(desk.match()).isZero();
  }

  @Test
  void settlesAtOnceWhatBecameKnownWhileItWasParked() {
    StoredJob job = inFlight(1);
    desk.whenParking(() -> desk.answer(job.ref(0), "a1"));

    desk.record(byId("a1", ReceiptKind.DELIVERED));

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.DELIVERED);
    assertThat(desk.parked()).isZero();
    assertThat(desk.match()).as("it was parked before it was known").isOne();
    assertThat(house.store.log().receipts(job.id(), 0)).hasSize(1);
  }

  @Test
  void tellsTheSameIdOfDifferentCarriersApart() {
    StoredJob job = inFlight(2);
    desk.answer(job.ref(0), "7");
    desk.answer(new CarrierId("other"), job.ref(1), "7");

    desk.record(
        new Notice.OfCarrierMessage(
            receipt(new CarrierId("other"), "7", "", ReceiptKind.UNDELIVERED)));

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.UNDELIVERED);
  }

  @Test
  void oneThatFailsByItselfKeepsNothingFromTheOthers() {
    StoredJob job = inFlight(3);
    desk.answer(job.ref(2), "a3");
    desk.failingFor("poison", new IllegalStateException("cannot be stored"));
    Notice poison = byId("poison", ReceiptKind.DELIVERED);

    desk.record(
        ofMessage(job.ref(0), ReceiptKind.DELIVERED),
        poison,
        ofMessage(job.ref(1), ReceiptKind.READ),
        byId("a3", ReceiptKind.DELIVERED));

    assertThat(desk.failed()).containsExactly(poison);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.DELIVERED);
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.READ);
    assertThat(house.state(job.ref(2))).isEqualTo(MessageState.DELIVERED);
    assertThat(house.store.log().receipts(job.id(), 0)).as("kept once").hasSize(1);
  }

  @Test
  void wantsThemBroughtAgainWhenTheStoreIsAway() {
    DomainException away = NoticeDesk.away();
    desk.failingFor("any", away);

    assertThatThrownBy(() -> desk.record(byId("any", ReceiptKind.DELIVERED))).isSameAs(away);
    assertThat(desk.failed()).isEmpty();
  }

  @Test
  void leavesNothingOutWhenTheStoreIsBroken() {
    desk.failingFor("any", new BrokenStore());

    assertThatThrownBy(() -> desk.record(byId("any", ReceiptKind.DELIVERED)))
        .isInstanceOfSatisfying(
            DomainException.class,
            told -> assertThat(told.error()).isInstanceOf(DomainError.StoreUnavailable.class));
    assertThat(desk.failed()).isEmpty();
  }

  @Test
  void wantsThemBroughtAgainWhenSoManyFailThatItIsNotTheirs() {
    desk.failingFor("", new IllegalStateException("nothing works"));
    Notice[] notices =
        Collections.nCopies(100, byId("x", ReceiptKind.DELIVERED)).toArray(Notice[]::new);

    assertThatThrownBy(() -> desk.record(notices)).isInstanceOf(DomainException.class);
  }

  @Test
  void takesNoMoreThanABoundedNumber() {
    List<Notice> tooMany =
        Collections.nCopies(NoticeSink.MOST + 1, byId("x", ReceiptKind.DELIVERED));

    assertThatThrownBy(() -> desk.record(tooMany.toArray(Notice[]::new)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void putsTheRecipientOfAMessageOnTheListOfWhoSentIt() {
    StoredJob job = inFlight(2);
    desk.answer(job.ref(1), "a1");

    desk.record(
        new Notice.OfOptOut(
            new OptOut.OfMessage(
                CARRIER,
                job.ref(1),
                SuppressionCause.HARD_BOUNCE,
                "no mailbox",
                house.clock.instant())));

    Suppression expected =
        new Suppression(
            job.scope(),
            Channel.SMS,
            address(1),
            SuppressionCause.HARD_BOUNCE,
            "no mailbox",
            "carrier:scripted",
            house.clock.instant());
    assertThat(desk.told()).containsExactly(expected);
    assertThat(suppressed(job)).containsExactly(address(1));
    assertThat(desk.ofNobody()).isZero();
  }

  @Test
  void putsWhoWroteStopOnTheListsOfAllWhoWroteToThatAddressFromThere() {
    StoredJob ours = inFlight(1);
    desk.answer(ours.ref(0), "a1");
    StoredJob strangers = desk.stored(anSmsJob().to(2), house.store.newScope());
    desk.mark(strangers);
    desk.answer(strangers.ref(0), "b1");
    desk.answer(strangers.ref(1), "b2");

    desk.record(stop(address(0), "ACME"), stop(address(1), "ANOTHER"));

    assertThat(suppressed(ours)).containsExactly(address(0));
    assertThat(suppressed(strangers)).containsExactly(address(0));
    assertThat(desk.told())
        .extracting(Suppression::cause, Suppression::createdBy)
        .containsOnly(tuple(SuppressionCause.STOP, "carrier:scripted"));
    assertThat(desk.ofNobody()).as("nobody writes from that sender").isOne();
  }

  @Test
  void putsWhoFollowedALinkOnTheListOfWhoSentIt() {
    StoredJob job = inFlight(1);

    desk.record(
        new Notice.OfOptOut(
            new OptOut.OfRecipient(
                job.ref(0), SuppressionCause.UNSUBSCRIBE, "", house.clock.instant())));

    assertThat(suppressed(job)).containsExactly(address(0));
    assertThat(desk.told()).extracting(Suppression::createdBy).containsExactly("recipient");
  }

  @Test
  void believesNoCarrierAboutWhatWentThroughAnother() {
    CarrierId stranger = new CarrierId("stranger");
    StoredJob job = inFlight(2);
    desk.assign(job.ref(1), stranger);

    desk.record(
        told(stranger, job.ref(0), ReceiptKind.DELIVERED),
        told(stranger, job.ref(1), ReceiptKind.DELIVERED),
        told(CARRIER, job.ref(1), ReceiptKind.READ),
        optOut(stranger, job.ref(0)),
        optOut(CARRIER, job.ref(1)));

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.IN_FLIGHT);
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.DELIVERED);
    assertThat(house.store.log().receipts(job.id(), 0)).isEmpty();
    assertThat(desk.told()).isEmpty();
    assertThat(desk.ofNobody()).isEqualTo(4);
  }

  @Test
  void makesTheIdsOfALateAnswerKnown() {
    StoredJob job = inFlight(1);
    desk.lose(job.ref(0));
    desk.record(byId("p1", ReceiptKind.DELIVERED), byId("p2", ReceiptKind.DELIVERED));
    assertThat(desk.parked()).isEqualTo(2);

    desk.record(late(CARRIER, job.ref(0), "p1", "p2"), late(CARRIER, job.ref(0), "p1", "p2"));
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    house.clock.advance(Duration.ofSeconds(1));

    assertThat(desk.match()).isEqualTo(2);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.DELIVERED);
  }

  @Test
  void learnsNothingFromALateAnswerOfWhoWasNotAsked() {
    StoredJob job = inFlight(1);
    CarrierId stranger = new CarrierId("stranger");

    desk.record(late(stranger, job.ref(0), "p1"));

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.IN_FLIGHT);
    assertThat(desk.ofNobody()).isOne();
    assertThat(house.store.carrierMessages().find(stranger, List.of("p1"))).isEmpty();
  }

  @Test
  void keepsAReceiptForTheMessageThatAnIdIsGivenToAnew() {
    StoredJob job = inFlight(2);
    desk.answer(job.ref(0), "7");
    desk.record(byId("7", ReceiptKind.DELIVERED));
    house.clock.advance(Duration.ofHours(1));

    desk.record(byId("7", ReceiptKind.DELIVERED));
    assertThat(desk.parked()).isOne();
    assertThat(desk.match()).isZero();
    desk.answer(job.ref(1), "7");
    house.clock.advance(Duration.ofSeconds(1));

    assertThat(desk.match()).isOne();
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.DELIVERED);
    assertThat(house.store.log().receipts(job.id(), 0)).hasSize(1);
  }

  @Test
  void takesWhatIsToldAgainForWhatItWas() {
    StoredJob job = inFlight(2);
    desk.answer(job.ref(0), "7");
    Notice told = byId("7", ReceiptKind.DELIVERED);
    desk.record(told);
    house.clock.advance(Duration.ofSeconds(1));
    desk.answer(job.ref(1), "7");

    desk.record(told);

    assertThat(desk.parked()).isZero();
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.SENT);
  }

  private static Notice late(CarrierId carrier, MessageRef ref, String... partIds) {
    return new Notice.OfLateAnswer(
        new LateAnswer(ref, 1, carrier, partIds[0], List.of(partIds), JobFixture.CREATED));
  }

  private Notice told(CarrierId carrier, MessageRef ref, ReceiptKind kind) {
    return new Notice.OfMessage(
        new Receipt(ref, kind, null, "", carrier, "id-" + ref, house.clock.instant()));
  }

  private Notice optOut(CarrierId carrier, MessageRef ref) {
    return new Notice.OfOptOut(
        new OptOut.OfMessage(carrier, ref, SuppressionCause.COMPLAINT, "", house.clock.instant()));
  }

  private Notice stop(String address, String sender) {
    return new Notice.OfOptOut(
        new OptOut.OfAddress(
            CARRIER,
            Channel.SMS,
            address,
            sender,
            SuppressionCause.STOP,
            "",
            house.clock.instant()));
  }

  private StoredJob inFlight(int messages) {
    StoredJob job = desk.stored(anSmsJob().to(messages), house.scope);
    desk.mark(job);
    return job;
  }

  private Set<String> suppressed(StoredJob job) {
    return house
        .store
        .suppressions()
        .among(job.scope(), Channel.SMS, List.of(address(0), address(1)));
  }

  private static String address(int position) {
    return "+2637712" + (10_000 + position);
  }

  private Notice ofMessage(MessageRef ref, ReceiptKind kind) {
    return new Notice.OfMessage(House.aReceipt(ref, kind, house.clock.instant()));
  }

  private Notice byId(String id, ReceiptKind kind) {
    return new Notice.OfCarrierMessage(receipt(CARRIER, id, "", kind));
  }

  private CarrierReceipt receipt(CarrierId carrier, String id, String address, ReceiptKind kind) {
    return new CarrierReceipt(carrier, id, id, address, kind, null, "", house.clock.instant());
  }

  /// What a store says that lacks something.
  private static final class BrokenStore extends RuntimeException implements StoreFault {
    private static final long serialVersionUID = 1L;
  }
}
