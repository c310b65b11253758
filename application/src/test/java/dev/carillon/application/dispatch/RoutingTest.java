package dev.carillon.application.dispatch;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.RoutedCarriers;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.settling.Marks;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.MessageState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoutingTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ScriptedCarrier a = ScriptedCarrier.named("a", 50);
  private final ScriptedCarrier b = ScriptedCarrier.named("b", 50);
  private final RoutedCarriers carriers = new RoutedCarriers(a, b);
  private final Circuits circuits = new Circuits();
  private final House house = new House(a);
  private Engine engine = engine();

  @Test
  void sharesMessagesByTheWeightsOfTheCarriers() {
    carriers.sharing("a 3, b 1");
    StoredJob job = stored(anSmsJob().to(10_000).chunksOf(500));

    engine.workAll();

    // Three quarters of 10,000, give or take five standard deviations.
    assertThat(a.wire()).hasSizeBetween(7_500 - 217, 7_500 + 217);
    assertThat(a.wire().size() + b.wire().size()).isEqualTo(10_000);
    assertThat(house.job(job).counters().sent()).isEqualTo(10_000);
    assertThat(house.store.log().attempts(job.id(), 0))
        .extracting(Attempt::choice)
        .containsAnyOf("route all, weight 3 of 4", "route all, weight 1 of 4");
  }

  @Test
  void keepsForEveryMessageWhichCarrierItWasMarkedFor() {
    carriers.sharing("a 1, b 1");
    StoredJob job = stored(anSmsJob().to(40).chunksOf(40));
    int number = house.store.carrierNumbers().of(b.id());
    b.beforeWire(messages ->
        assertThat(messages)
            .allSatisfy(message ->
                assertThat(house.chunk(job, 0).carrier(message.ref().position()))
                    .isEqualTo(number)));

    engine.workAll();

    assertThat(b.wire()).isNotEmpty();
    assertThat(a.wire())
        .isNotEmpty()
        .allSatisfy(
            message -> assertThat(house.chunk(job, 0).carrier(message.ref().position())).isZero());
    assertThat(house.store.log().attempts(job.id()))
        .allSatisfy(attempt ->
            assertThat(attempt.carrier())
                .isEqualTo(b.timesSent(attempt.position()) == 1 ? b.id() : a.id()));
  }

  @Test
  void tellsNoReasonWhereThereIsNoChoice() {
    carriers.sharing("a 1");
    StoredJob job = stored(anSmsJob().to(1));

    engine.workAll();

    assertThat(house.store.log().attempts(job.id(), 0))
        .extracting(Attempt::choice)
        .containsExactly("");
    assertThat(house.chunk(job, 0).routes()).isNull();
  }

  @Test
  void passesOverACarrierThatFails() {
    carriers.sharing("a 1, b 0");
    circuits.close("a", house.clock.instant().plus(MINUTE));
    StoredJob job = stored(anSmsJob().to(3));

    engine.workAll();

    assertThat(a.wire()).isEmpty();
    assertThat(b.wire()).hasSize(3);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(house.store.log().attempts(job.id(), 0))
        .extracting(Attempt::choice)
        .containsExactly("route all, weight 0 of 1, instead of a: circuit open");
  }

  @Test
  void goesOnElsewhereWhenACarrierBeginsToFailInTheMiddle() {
    carriers.sharing("a 1, b 0");
    StoredJob job = stored(anSmsJob().to(200).chunksOf(200));
    a.answering(message -> {
      if (message.ref().position() == 40) {
        circuits.close("a", house.clock.instant().plus(MINUTE));
      }
      return ScriptedCarrier.accept(message);
    });

    assertThat(engine.workOnce()).isTrue();

    assertThat(a.wire().size()).isBetween(50, 100);
    assertThat(a.wire().size() + b.wire().size()).isEqualTo(200);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void givesOthersWhatACarrierOnTrialDoesNotGet() {
    carriers.sharing("a 1, b 0");
    circuits.onTrial("a", 3);
    StoredJob job = stored(anSmsJob().to(40).chunksOf(40));

    engine.workAll();

    assertThat(a.wire()).hasSize(3);
    assertThat(b.wire()).hasSize(37);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(house.store.log().attempts(job.id(), 39))
        .extracting(Attempt::choice)
        .containsExactly("route all, weight 0 of 1, instead of a: circuit open");
  }

  @Test
  void waitsForACarrierThatHasEnoughForNow() {
    carriers.sharing("a 1, b 0");
    circuits.limit("a", 3);
    stored(anSmsJob().to(40).chunksOf(40));

    engine.workAll();

    assertThat(a.wire()).hasSize(3);
    assertThat(b.wire()).isEmpty();
  }

  @Test
  void waitsForACarrierThatIsTheOnlyOneOnItsRouteWhileOthersWork() {
    carriers
        .also("econet", Set.of(), Set.of("econet"), "a 1")
        .also("rest", Set.of(), Set.of(), "b 1");
    circuits.close("a", house.clock.instant().plus(MINUTE));
    StoredJob job = stored(mixed(anSmsJob()));

    engine.workAll();
    assertThat(b.wire()).extracting(RoutingTest::position).containsExactly(1, 3);
    assertThat(a.wire()).isEmpty();

    circuits.open("a");
    house.clock.advance(MINUTE);
    engine.workAll();

    assertThat(a.wire()).extracting(RoutingTest::position).containsExactly(0, 2);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void doesNotTurnElsewhereBecauseACarrierHasEnoughToDo() {
    carriers.sharing("a 1, b 0");
    circuits.limit("a", 2);
    StoredJob job = stored(anSmsJob().to(5));

    engine.workAll();
    assertThat(a.wire()).hasSize(2);
    assertThat(b.wire()).isEmpty();

    circuits.limit("a", 100);
    house.clock.advance(MINUTE);
    engine.workAll();
    assertThat(a.wire()).hasSize(5);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void givesPermitsBackThatItHasNoUseFor() {
    carriers.sharing("a 1, b 1");
    circuits.limit("a", 1_000);
    circuits.limit("b", 1_000);
    stored(anSmsJob().to(100).chunksOf(50));

    engine.workAll();

    assertThat(circuits.left("a")).isEqualTo(1_000 - a.wire().size());
    assertThat(circuits.left("b")).isEqualTo(1_000 - b.wire().size());
    assertThat(circuits.noted("a")).hasSize(a.wire().size());
    assertThat(circuits.noted("b")).hasSize(b.wire().size());
  }

  @Test
  void keepsTheWindowOfOneFullWhileAnotherIsSlow() {
    ScriptedCarrier slow = ScriptedCarrier.named("slow", 2).holding(_ -> true);
    engine = engine(new RoutedCarriers(slow, b).sharing("slow 1, b 1"));
    StoredJob job = house.stored(anSmsJob().to(60).chunksOf(60).by("slow"));

    Background<Boolean> work = Background.start(engine::workOnce);
    Await.until("the fast one has all of its own", () -> b.wire().size() > 15);
    Await.until("the slow one has its window", () -> slow.unanswered() == 2);
    assertThat(slow.wire()).hasSize(2);
    Await.until(
        "all are sent",
        () -> {
          slow.answerHeld();
          return work.isDone();
        });

    assertThat(work.result()).isTrue();
    assertThat(house.job(job).counters().sent()).isEqualTo(60);
  }

  @Test
  void triesTheNextCarrierWhenOneRefusesForWhatItIsItself() {
    carriers.sharing("a 1, b 0");
    a.answering(_ -> refused(Reason.ACCOUNT_REFUSED));
    StoredJob job = stored(anSmsJob().to(3));

    assertThat(engine.workOnce()).isTrue();

    assertThat(b.wire()).hasSize(3);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(house.store.log().attempts(job.id(), 0))
        .extracting(Attempt::number, Attempt::kind, Attempt::carrier, Attempt::choice)
        .containsExactly(
            tuple(1, OutcomeKind.REJECTED, a.id(), "route all, weight 1 of 1"),
            tuple(
                2,
                OutcomeKind.ACCEPTED,
                b.id(),
                "route all, weight 0 of 1, instead of a: refused it: the carrier does not serve"
                    + " this account"));
  }

  @Test
  void failsWhatAllCarriersRefuse() {
    carriers.sharing("a 1, b 0");
    a.answering(_ -> refused(Reason.ACCOUNT_REFUSED));
    b.answering(_ -> refused(Reason.ROUTE_REFUSED));
    StoredJob job = stored(anSmsJob().to(1));

    engine.workThroughWaits();

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.FAILED);
    assertThat(house.store.log().attempts(job.id(), 0))
        .extracting(Attempt::reason)
        .containsExactly(Reason.ACCOUNT_REFUSED, Reason.ROUTE_REFUSED);
    assertThat(a.wire()).hasSize(1);
    assertThat(b.wire()).hasSize(1);
  }

  @Test
  void tryingElsewhereUsesUpAttempts() {
    ScriptedCarrier[] all =
        IntStream.range(0, 7)
            .mapToObj(i -> ScriptedCarrier.named("c" + i, 5))
            .peek(carrier -> carrier.answering(_ -> refused(Reason.SENDER_REFUSED)))
            .toArray(ScriptedCarrier[]::new);
    engine = engine(new RoutedCarriers(all).sharing("c0 1, c1 0, c2 0, c3 0, c4 0, c5 0, c6 0"));
    StoredJob job = house.stored(anSmsJob().to(1).by("c0"));

    engine.workThroughWaits();

    assertThat(house.store.log().attempts(job.id(), 0)).hasSize(5);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.FAILED);
  }

  @Test
  void failsAtOnceWhatIsRefusedForWhatTheMessageIs() {
    carriers.sharing("a 1, b 0");
    a.answering(_ -> refused(Reason.UNKNOWN_DESTINATION));
    StoredJob job = stored(anSmsJob().to(1));

    engine.workThroughWaits();

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.FAILED);
    assertThat(b.wire()).isEmpty();
  }

  @Test
  void neverTriesAnotherCarrierForWhatMayBeAtTheFirst() {
    carriers.sharing("a 1, b 0");
    a.answering(_ -> new DispatchOutcome.Unconfirmed("lost"));
    StoredJob job = stored(anSmsJob().to(2));

    engine.workThroughWaits();
    a.answerAgain(_ -> refused(Reason.ACCOUNT_REFUSED));
    engine.settleLate();
    engine.workThroughWaits();

    assertThat(b.wire()).isEmpty();
    assertThat(house.job(job).counters().failed() + house.job(job).counters().unknown())
        .isEqualTo(2);
  }

  @Test
  void resendsWhatIsInDoubtToTheCarrierThatMayHaveItAndToNoOther() {
    carriers.sharing("a 1, b 1");
    a.answering(RoutingTest::onlyTheSecondTime);
    b.answering(RoutingTest::onlyTheSecondTime);
    StoredJob job = stored(anSmsJob().to(40).chunksOf(40).onUnknown(UnknownPolicy.RESEND));

    engine.workAll();
    int first = a.wire().size();
    assertThat(first).isBetween(5, 35);
    circuits.close("a", house.clock.instant().plus(Duration.ofHours(1)));
    engine.workThroughWaits();

    assertThat(a.wire()).hasSize(first);
    assertThat(b.wire()).hasSize(2 * (40 - first));
    circuits.open("a");
    house.clock.advance(Duration.ofHours(1));
    engine.workThroughWaits();

    assertThat(a.wire()).hasSize(2 * first);
    assertThat(b.wire()).hasSize(2 * (40 - first));
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    for (int position = 0; position < 40; position++) {
      assertThat(a.timesSent(position) * b.timesSent(position)).isZero();
    }
  }

  @Test
  void resendsToTheCarrierOfACrashedWorkerAlsoWhenRoutesHaveChanged() {
    carriers.sharing("a 1");
    StoredJob job = stored(anSmsJob().to(3).onUnknown(UnknownPolicy.RESEND));
    int number = house.store.carrierNumbers().of(b.id());
    house.settling.lease(
        job.id(),
        House.WORKER,
        House.LEASE,
        (_, _, _) -> new Marks(2, _ -> true, (position, _) -> position == 0 ? number : 0));
    house.pass(House.LEASE);

    engine.workThroughWaits();

    assertThat(b.wire()).extracting(RoutingTest::position).containsExactly(0);
    assertThat(a.wire()).extracting(RoutingTest::position).containsExactlyInAnyOrder(1, 2);
    assertThat(b.wire()).extracting(OutboundMessage::possibleDuplicate).containsExactly(true);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void keepsInDoubtWhatOnlyACarrierThatIsGoneMayHave() {
    carriers.sharing("a 1");
    StoredJob job = stored(anSmsJob().to(1).onUnknown(UnknownPolicy.RESEND));
    int gone = house.store.carrierNumbers().of(new CarrierId("gone"));
    house.settling.lease(
        job.id(), House.WORKER, House.LEASE, (_, _, _) -> new Marks(1, _ -> true, (_, _) -> gone));
    house.pass(House.LEASE);

    engine.workThroughWaits();

    assertThat(a.wire()).isEmpty();
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.UNKNOWN);
  }

  @Test
  void knowsAfterACrashWhoRefusedAMessage() {
    carriers.sharing("a 1, b 0");
    a.answering(_ -> refused(Reason.ROUTE_REFUSED));
    circuits.close("b", house.clock.instant().plus(MINUTE));
    StoredJob job = stored(anSmsJob().to(2));
    engine.workAll();
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.QUEUED);
    assertThat(a.wire()).hasSize(2);

    circuits.open("b");
    engine = engine();
    house.clock.advance(MINUTE);
    engine.workAll();

    assertThat(a.wire()).hasSize(2);
    assertThat(b.wire()).hasSize(2);
    assertThat(house.store.log().attempts(job.id(), 0).getLast().choice())
        .isEqualTo("route all, weight 0 of 1, instead of a: refused it");
  }

  @Test
  void choosesByCountryAndNetwork() {
    carriers
        .also("econet", Set.of("ZW"), Set.of("econet"), "a 1")
        .also("abroad", Set.of(), Set.of(), "b 1");
    stored(mixed(anSmsJob()));

    engine.workAll();

    assertThat(a.wire()).extracting(RoutingTest::position).containsExactly(0, 2);
    assertThat(b.wire()).extracting(RoutingTest::position).containsExactly(1, 3);
  }

  @Test
  void refusesWhatNoRouteLeadsTo() {
    carriers.also("zimbabwe", Set.of("ZW"), Set.of(), "a 1, b 1");
    StoredJob job = stored(mixed(anSmsJob()));

    engine.workAll();

    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.FAILED);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    assertThat(house.store.log().attempts(job.id(), 1))
        .extracting(Attempt::reason, Attempt::detail)
        .containsExactly(tuple(Reason.ROUTE_REFUSED, "no route leads there"));
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(circuits.noted("a").size() + circuits.noted("b").size()).isEqualTo(2);
  }

  @Test
  void usesNoPermitsForWhatLeadsNowhere() {
    carriers.also("zimbabwe", Set.of("ZW"), Set.of(), "a 1");
    circuits.limit("a", 100);
    stored(mixed(anSmsJob()));

    engine.workAll();

    assertThat(a.wire()).hasSize(2);
    assertThat(circuits.left("a")).isEqualTo(98);
  }

  @Test
  void sendsAJobWhoseProviderIsGoneByTheRoutesThatThereAre() {
    carriers.sharing("b 1");
    carriers.remove(a.id());
    StoredJob job = stored(anSmsJob().to(3));

    engine.workAll();

    assertThat(b.wire()).hasSize(3);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(house.chunk(job, 0).carrier(0)).isEqualTo(house.store.carrierNumbers().of(b.id()));
  }

  @Test
  void waitsWhileThereIsNoRouteAtAll() {
    StoredJob job = stored(anSmsJob().to(3));

    engine.workAll();
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.QUEUED);
    assertThat(house.chunk(job, 0).attempts(0)).isZero();

    carriers.sharing("b 1");
    house.clock.advance(Duration.ofSeconds(5));
    engine.workAll();
    assertThat(b.wire()).hasSize(3);
  }

  @Test
  void isHeldUpOnlyWhenAllOfItsCarriersFail() {
    carriers.sharing("a 1, b 1");
    Instant later = house.clock.instant().plus(MINUTE);
    circuits.close("a", later);
    circuits.close("b", later);
    stored(anSmsJob().to(2));
    assertThat(engine.workOnce()).isFalse();

    circuits.open("b");

    assertThat(engine.workOnce()).isTrue();
    assertThat(b.wire()).hasSize(2);
  }

  private static int position(OutboundMessage message) {
    return message.ref().position();
  }

  private static DispatchOutcome refused(Reason reason) {
    return new DispatchOutcome.Rejected(reason, "no");
  }

  private static DispatchOutcome onlyTheSecondTime(OutboundMessage message) {
    return message.attempt() == 1
        ? new DispatchOutcome.Unconfirmed("lost")
        : ScriptedCarrier.accept(message);
  }

  /// Two in Zimbabwe and two elsewhere, in turn.
  private static JobFixture mixed(JobFixture job) {
    for (String address : List.of("+263771000001", "+447700900001", "+263771000002")) {
      job.to(address, PersonalContent.EMPTY, "", network(address));
    }
    return job.to("+447700900002", PersonalContent.EMPTY, "", "");
  }

  private static String network(String address) {
    return address.startsWith("+263") ? "Econet" : "";
  }

  private StoredJob stored(JobFixture job) {
    return house.stored(job.by("a"));
  }

  private Engine engine() {
    return engine(carriers);
  }

  private Engine engine(RoutedCarriers of) {
    return new Engine(house, of, circuits);
  }
}
