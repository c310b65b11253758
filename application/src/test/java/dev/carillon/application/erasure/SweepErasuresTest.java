package dev.carillon.application.erasure;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Erasures;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Forgetting;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Marks;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.RecipientId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepErasuresTest {
  private static final String NUMBER = "+263771230001";
  private static final RecipientId SOMEBODY = new RecipientId(41);
  private static final RecipientId OTHER = new RecipientId(42);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(10);
  private final House house = new House(carrier);
  private final SweepErasures sweep = sweepOf(house.store.erasures());

  @Test
  void cancelsWhatWaitsForSomebodyBeforeItErasesThem() {
    StoredJob job = house.stored(anSmsJob().to(1).to(SOMEBODY, NUMBER).to(1));
    Erasure erasure = forget(SOMEBODY);

    finish();
    house.workAll();

    assertThat(carrier.timesSent(1)).isZero();
    assertThat(carrier.wire()).hasSize(2);
    Message message = message(job, 1);
    assertThat(message.status()).isEqualTo(MessageStatus.CANCELLED);
    assertThat(message.reason()).isEqualTo(Reason.RECIPIENT_DELETED);
    assertThat(message.address()).isEmpty();
    assertThat(shown(erasure).counts()).isEqualTo(new Erasure.Counts(1, 1, 0));
    assertThat(shown(erasure).done()).isTrue();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(house.job(job).counters().cancelled()).isEqualTo(1);
  }

  @Test
  void endsAJobOfWhichNothingIsLeft() {
    StoredJob job = house.stored(anSmsJob().to(SOMEBODY, NUMBER));
    forget(SOMEBODY);

    finish();

    assertThat(house.job(job).status()).isEqualTo(JobStatus.FAILED);
    assertThat(house.workOnce()).isFalse();
  }

  @Test
  void leavesAJobOpenThatIsStillUploaded() {
    StoredJob job = house.stored(anSmsJob().to(SOMEBODY, NUMBER).inStatus(JobStatus.OPEN));
    forget(SOMEBODY);

    finish();

    assertThat(house.job(job).status()).isEqualTo(JobStatus.OPEN);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.CANCELLED_DELETED);
  }

  @Test
  void waitsForTheAnswersOfWhatIsAtACarrier() {
    StoredJob job = house.stored(anSmsJob().to(SOMEBODY, NUMBER).to(1));
    LeasedChunk leased = house.lease(House.WORKER, 2).orElseThrow();
    Erasure erasure = forget(SOMEBODY);

    finish();
    assertThat(shown(erasure).done()).isFalse();
    assertThat(message(job, 0).address()).isEqualTo(NUMBER);

    answer(leased, 0, new DispatchOutcome.Accepted("id-0"));
    finish();
    assertThat(shown(erasure).done()).as("not looked at again before the pause is over").isFalse();
    house.pass(PAUSE);
    finish();

    assertThat(shown(erasure).done()).isTrue();
    assertThat(shown(erasure).counts()).isEqualTo(new Erasure.Counts(0, 1, 0));
    assertThat(message(job, 0).status()).isEqualTo(MessageStatus.SENT);
    assertThat(message(job, 0).address()).isEmpty();
  }

  @Test
  void sendsNothingAgainThatACarrierWasTooBusyFor() {
    StoredJob job = house.stored(anSmsJob().to(SOMEBODY, NUMBER));
    LeasedChunk leased = house.lease(House.WORKER, 1).orElseThrow();
    Erasure erasure = forget(SOMEBODY);
    finish();

    answer(leased, 0, new DispatchOutcome.Throttled(Duration.ofSeconds(1)));
    house.pass(PAUSE);
    finish();

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.CANCELLED_DELETED);
    assertThat(shown(erasure).counts()).isEqualTo(new Erasure.Counts(1, 1, 0));
    assertThat(shown(erasure).done()).isTrue();
  }

  @Test
  void resendsNothingInDoubtToSomebodyForgotten() {
    StoredJob job =
        house.stored(anSmsJob().to(SOMEBODY, NUMBER).to(1).onUnknown(UnknownPolicy.RESEND));
    LeasedChunk leased = house.lease(House.WORKER, 2).orElseThrow();
    answer(leased, 0, new DispatchOutcome.Unconfirmed("lost"));
    forget(SOMEBODY);

    finish();

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.FAILED_OUTCOME_UNKNOWN);
    assertThat(message(job, 0).address()).isEmpty();
    assertThat(message(job, 0).detail()).isEmpty();
  }

  @Test
  void takesEvidenceOfWhatItHasErased() {
    StoredJob job = house.stored(anSmsJob().to(SOMEBODY, NUMBER));
    house.workAll();
    forget(SOMEBODY);
    finish();

    house.receipt(job.ref(0), ReceiptKind.DELIVERED);

    assertThat(message(job, 0).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void erasesAnAddressWhoeverHadIt() {
    StoredJob given = house.stored(anSmsJob().to(NUMBER, PersonalContent.ofText("hi"), "order-1"));
    StoredJob known = house.stored(anSmsJob().to(SOMEBODY, NUMBER).to(1));
    Erasure erasure =
        forget(new Erasure.Subject.OfAddress(PhoneNumber.parse(NUMBER).orElseThrow()));

    finish();

    assertThat(message(given, 0).address()).isEmpty();
    assertThat(message(given, 0).clientRef()).isEmpty();
    assertThat(message(known, 0).address()).isEmpty();
    assertThat(message(known, 1).address()).isNotEmpty();
    assertThat(shown(erasure).counts()).isEqualTo(new Erasure.Counts(2, 2, 0));
  }

  @Test
  void endsNoErasureWhileAMessageThatItSharesIsStillThere() {
    StoredJob job = house.stored(anSmsJob().to(SOMEBODY, NUMBER));
    LeasedChunk leased = house.lease(House.WORKER, 1).orElseThrow();
    Erasure person = forget(SOMEBODY);
    Erasure place = forget(new Erasure.Subject.OfAddress(PhoneNumber.parse(NUMBER).orElseThrow()));

    finish();
    assertThat(List.of(shown(person), shown(place))).noneMatch(Erasure::done);

    answer(leased, 0, new DispatchOutcome.Accepted("id-0"));
    house.pass(PAUSE);
    finish();

    assertThat(List.of(shown(person), shown(place))).allMatch(Erasure::done);
    assertThat(shown(person).counts().plus(shown(place).counts()))
        .as("counted once")
        .isEqualTo(new Erasure.Counts(0, 1, 0));
    assertThat(message(job, 0).address()).isEmpty();
  }

  @Test
  void leavesWhatWasSentToOthersUnderTheSameAddress() {
    StoredJob job = house.stored(anSmsJob().to(NUMBER, PersonalContent.EMPTY, ""));
    Erasure erasure = forget(SOMEBODY);

    finish();

    assertThat(message(job, 0).address()).isEqualTo(NUMBER);
    assertThat(shown(erasure).counts()).isEqualTo(Erasure.Counts.NONE);
    assertThat(shown(erasure).done()).isTrue();
  }

  @Test
  void looksOnceMoreAfterItHasErasedSomething() {
    house.stored(anSmsJob().to(SOMEBODY, NUMBER));
    Erasure erasure = forget(SOMEBODY);

    assertThat(sweep.handle()).isPositive();
    assertThat(shown(erasure).done()).isFalse();
    StoredJob late = house.stored(anSmsJob().to(SOMEBODY, NUMBER));
    finish();

    assertThat(message(late, 0).address()).isEmpty();
    assertThat(shown(erasure).counts()).isEqualTo(new Erasure.Counts(2, 2, 0));
    assertThat(shown(erasure).done()).isTrue();
  }

  @Test
  void worksThroughManyChunksInStepsThatLockAFewEach() {
    JobFixture fixture = anSmsJob().chunksOf(2);
    for (int i = 0; i < 130; i++) {
      fixture.to(SOMEBODY, NUMBER).to(1);
    }
    StoredJob job = house.stored(fixture);
    Erasure erasure = forget(SOMEBODY);
    long before = house.store.commits();

    sweep.handle();

    assertThat(shown(erasure).counts()).isEqualTo(new Erasure.Counts(130, 130, 0));
    assertThat(house.store.commits() - before).isGreaterThanOrEqualTo(3);
    assertThat(house.job(job).counters().cancelled()).isEqualTo(130);
  }

  @Test
  void wakesThoseWhoWatchAJobThatItChanged() {
    StoredJob job = house.stored(anSmsJob().to(SOMEBODY, NUMBER).to(1));
    StoredJob over = house.stored(anSmsJob().to(SOMEBODY, NUMBER).inStatus(JobStatus.PROCESSING));
    house.store.run(() -> {
      var locked = house.store.chunks().lock(List.of(over.chunk(0))).getFirst();
      locked.chunk().moveAll(MessageTransition.EXPIRE);
      house
          .store
          .chunks()
          .save(
              List.of(
                  new dev.carillon.application.port.ChunkChange(
                      locked.chunk(),
                      new dev.carillon.application.port.ChunkChange.LeaseChange.Keep(),
                      true,
                      java.util.Map.of())));
      house.store.jobs().closeChunk(over.id(), Movement.NONE, house.clock.instant());
      house.store.jobs().move(over.id(), JobTransition.END_FAILED, null, house.clock.instant());
    });
    long version = house.job(over).version();
    forget(SOMEBODY);

    finish();

    assertThat(house.job(over).version()).as("nothing of it moved").isEqualTo(version);
    assertThat(house.job(job).counters().cancelled()).isEqualTo(1);
  }

  @Test
  void letsAnErasureThatFailsKeepNoneOfTheOthers() {
    StoredJob broken = house.stored(anSmsJob().to(SOMEBODY, NUMBER));
    StoredJob sound = house.stored(anSmsJob().to(OTHER, NUMBER));
    ErasureId failing = forget(SOMEBODY).id();
    Erasure other = forget(OTHER);
    WatchedErasures watched =
        new WatchedErasures(
            house.store.erasures(),
            asked -> {
              if (asked.contains(failing)) {
                throw new IllegalStateException("took too long");
              }
            });
    SweepErasures hindered = sweepOf(watched);

    assertThatIllegalStateException().isThrownBy(hindered::handle).withMessage("took too long");
    finish(hindered);

    assertThat(shown(other).done()).isTrue();
    assertThat(message(sound, 0).address()).isEmpty();
    assertThat(message(broken, 0).address()).isEqualTo(NUMBER);
    assertThat(watched.asked()).as("each by itself").allMatch(asked -> asked.size() == 1);
    assertThat(watched.asked().stream().filter(asked -> asked.contains(failing)))
        .as("not tried again before a minute is over")
        .hasSize(1);

    house.pass(Duration.ofMinutes(1));
    finish();

    assertThat(message(broken, 0).address()).isEmpty();
  }

  @Test
  void givesOtherDutiesTheirTurn() {
    List<ErasureId> all = List.of(forget(SOMEBODY).id(), forget(OTHER).id());
    WatchedErasures slow =
        new WatchedErasures(house.store.erasures(), _ -> house.pass(Duration.ofSeconds(4)));

    assertThat(sweepOf(slow).handle()).isPositive();

    assertThat(slow.asked()).hasSize(1);
    finish(sweepOf(slow));
    assertThat(all)
        .allMatch(id -> house.store.erasures().find(house.scope, id).orElseThrow().done());
  }

  @Test
  void hasNothingToDoWhenNobodyIsToBeForgotten() {
    house.stored(anSmsJob().to(SOMEBODY, NUMBER));

    assertThat(sweep.handle()).isZero();
  }

  private Erasure forget(RecipientId recipient) {
    return forget(new Erasure.Subject.OfRecipient(recipient));
  }

  private Erasure forget(Erasure.Subject subject) {
    return house.store.erasures().request(house.scope, subject, house.clock.instant());
  }

  private Erasure shown(Erasure erasure) {
    return house.store.erasures().find(house.scope, erasure.id()).orElseThrow();
  }

  private Message message(StoredJob job, int position) {
    return house.store.messages().find(house.scope, job.messageId(position)).orElseThrow();
  }

  private void answer(LeasedChunk leased, int position, DispatchOutcome outcome) {
    house.settling.settle(
        leased.key(),
        leased.lease(),
        List.of(
            new Answer(
                position,
                1,
                false,
                outcome,
                new Route(ScriptedCarrier.ID, ""),
                house.clock.instant())),
        Marks.NONE,
        House.LEASE);
  }

  private void finish() {
    finish(sweep);
  }

  private static void finish(SweepErasures sweep) {
    int done;
    do {
      done = sweep.handle();
    } while (done > 0);
  }

  private SweepErasures sweepOf(Erasures erasures) {
    return new SweepErasures(
        new SweepErasures.Store(house.store, erasures),
        new Forgetting(house.settlingStore, house.life, house.clock),
        house.feed,
        house.clock);
  }
}
