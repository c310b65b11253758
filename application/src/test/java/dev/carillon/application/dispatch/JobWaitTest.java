package dev.carillon.application.dispatch;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.ExplainWait;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.RoutedCarriers;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.fixture.Submission;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.job.Wait;
import dev.carillon.domain.job.WaitReason;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a job is said to wait for, when the engine has it wait for that.
class JobWaitTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ScriptedCarrier a = ScriptedCarrier.named("a", 50);
  private final ScriptedCarrier b = ScriptedCarrier.named("b", 50);
  private final RoutedCarriers carriers = new RoutedCarriers(a, b).sharing("a 1");
  private final Circuits circuits = new Circuits();
  private final House house = new House(a);
  private final Engine engine = new Engine(house, carriers, circuits);
  private final GetBulkJob getBulkJob =
      new GetBulkJob(
          house.store.jobs(),
          house.store.uploads(),
          new ExplainWait(house.store.fronts(), carriers, circuits, house.clock));

  @Test
  void tellsWhenTheHoursOfItsRecipientsBegin() {
    // Two o'clock in Harare is noon in UTC.
    StoredJob job = house.stored(anSmsJob().to(5).by("a").within(hours(14, 18)));

    engine.workAll();

    assertThat(waiting(job)).contains(until(WaitReason.SEND_WINDOW, "2026-03-01T12:00:00Z"));
    house.clock.advance(Duration.ofHours(2));
    engine.workAll();
    assertThat(waiting(job)).isEmpty();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void tellsOfHoursThatAreOverEverywhereBeforeAnyWorkerHasLooked() {
    SendWindow wednesdays =
        new SendWindow(LocalTime.of(10, 0), LocalTime.of(11, 0), Set.of(DayOfWeek.WEDNESDAY), UTC);
    StoredJob job = house.stored(anSmsJob().to(1).by("a").within(wednesdays));

    // Where it is Wednesday first, 14 hours before UTC.
    assertThat(waiting(job)).contains(until(WaitReason.SEND_WINDOW, "2026-03-03T20:00:00Z"));
  }

  @Test
  void tellsWhenWhatFailedIsTriedAgain() {
    a.answering(_ ->
        new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "503", Duration.ofMinutes(5)));
    StoredJob job = house.stored(anSmsJob().to(3).by("a").within(hours(0, 0)));

    engine.workAll();

    assertThat(waiting(job).orElseThrow().reason()).isEqualTo(WaitReason.RETRY);
    assertThat(waiting(job).orElseThrow().until())
        .isBetween(CREATED.plusSeconds(300), CREATED.plusSeconds(302));
  }

  @Test
  void tellsWhenWhatItsCarrierHadNoTimeForIsTriedAgain() {
    a.answering(_ -> new DispatchOutcome.Throttled(MINUTE));
    StoredJob job = house.stored(anSmsJob().to(3).by("a"));

    engine.workAll();

    assertThat(waiting(job)).map(Wait::reason).contains(WaitReason.RETRY);
  }

  @Test
  void tellsThatNoneOfItsCarriersCanBeReached() {
    carriers.sharing("a 1, b 0");
    Instant first = CREATED.plus(MINUTE);
    circuits.close("a", first.plusSeconds(9));
    circuits.close("b", first);
    StoredJob job = house.stored(anSmsJob().to(3).by("a"));

    engine.workAll();

    assertThat(waiting(job)).contains(new Wait(WaitReason.CARRIER_UNAVAILABLE, first));
    circuits.open("b");
    assertThat(waiting(job)).contains(new Wait(WaitReason.TURN, null));
  }

  @Test
  void tellsThatAllOfItsCarriersAreSwitchedOff() {
    carriers.sharing("a 1, b 0");
    circuits.switchOff("a", CREATED.plus(MINUTE));
    circuits.switchOff("b", CREATED.plus(MINUTE));
    StoredJob job = house.stored(anSmsJob().to(3).by("a"));

    engine.workAll();

    assertThat(waiting(job)).contains(new Wait(WaitReason.CARRIER_OFF, null));
    circuits.open("b");
    circuits.close("b", CREATED.plus(MINUTE));
    assertThat(waiting(job))
        .contains(new Wait(WaitReason.CARRIER_UNAVAILABLE, CREATED.plus(MINUTE)));
  }

  @Test
  void tellsOfTheCarrierOfWhatIsLeftAlthoughAnotherCouldTakeWhatGoesElsewhere() {
    carriers.forgetRoutes();
    carriers.also("zw", Set.of("ZW"), Set.of(), "a 1").also("rest", Set.of(), Set.of(), "b 1");
    circuits.close("a", CREATED.plus(MINUTE));
    StoredJob job = house.stored(anSmsJob().to(3).by("b"));

    engine.workAll();

    assertThat(waiting(job))
        .contains(new Wait(WaitReason.CARRIER_UNAVAILABLE, CREATED.plus(MINUTE)));
    circuits.switchOff("a", CREATED.plus(MINUTE));
    assertThat(waiting(job)).contains(new Wait(WaitReason.CARRIER_OFF, null));
  }

  @Test
  void doesNotBlameACarrierThatAnotherStandsInFor() {
    carriers.sharing("a 1, b 0");
    circuits.close("a", CREATED.plus(MINUTE.multipliedBy(9)));
    circuits.limit("b", 2);
    StoredJob job = house.stored(anSmsJob().to(3).by("a"));

    engine.workAll();

    assertThat(b.wire()).hasSize(2);
    assertThat(waiting(job)).map(Wait::reason).contains(WaitReason.RATE);
  }

  @Test
  void tellsWhenItsRateAllowsMore() {
    circuits.limit("a", 2);
    StoredJob job = house.stored(anSmsJob().to(4).by("a").within(hours(8, 20)));

    engine.workAll();

    assertThat(a.wire()).hasSize(2);
    assertThat(waiting(job).orElseThrow().reason()).isEqualTo(WaitReason.RATE);
    assertThat(waiting(job).orElseThrow().until())
        .isBetween(CREATED.plusSeconds(60), CREATED.plusSeconds(62));
  }

  @Test
  void tellsThatNoRouteLeadsAnywhere() {
    carriers.forgetRoutes();
    StoredJob job = house.stored(anSmsJob().to(3).by("a"));

    engine.workAll();

    assertThat(waiting(job)).contains(new Wait(WaitReason.NO_ROUTE, null));
  }

  @Test
  void tellsThatNothingIsSentFromThisStore() {
    StoredJob job = house.stored(anSmsJob().to(3).by("a"));
    house.store.witness().switchOff("restored", CREATED);

    engine.workAll();

    assertThat(waiting(job)).contains(new Wait(WaitReason.DISPATCH_OFF, null));
  }

  @Test
  void waitsForItsTurnUntilAWorkerIsAtIt() {
    StoredJob job = house.stored(anSmsJob().to(3).by("a"));
    assertThat(waiting(job)).contains(new Wait(WaitReason.TURN, null));

    assertThat(house.lease(House.WORKER, 1)).isPresent();

    assertThat(waiting(job)).isEmpty();
  }

  @Test
  void tellsWhatItsStatusSays() {
    Instant later = CREATED.plusSeconds(60);

    assertThat(waiting(house.stored(anSmsJob().to(1).inStatus(JobStatus.OPEN))))
        .contains(new Wait(WaitReason.UPLOAD, null));
    assertThat(waiting(house.stored(anSmsJob().to(1).inStatus(JobStatus.SCHEDULED).dueAt(later))))
        .contains(new Wait(WaitReason.SEND_TIME, later));
    assertThat(waiting(house.stored(anSmsJob().to(1).inStatus(JobStatus.PAUSED))))
        .contains(new Wait(WaitReason.PAUSED, null));
  }

  @ParameterizedTest
  @EnumSource(
      value = JobStatus.class,
      names = {"CANCELLING", "COMPLETED", "PARTIAL", "FAILED", "CANCELLED"})
  void nothingThatIsEndingWaits(JobStatus status) {
    assertThat(waiting(house.stored(anSmsJob().to(1).inStatus(status)))).isEmpty();
  }

  @Test
  void whatExpiresWaitsNoLonger() {
    StoredJob job = house.stored(anSmsJob().to(1).by("a").until(CREATED.plusSeconds(60)));
    house.pass(Duration.ofSeconds(60));

    assertThat(waiting(job)).isEmpty();
  }

  private Optional<Wait> waiting(StoredJob job) {
    return getBulkJob
        .handle(new GetBulkJob.Query(Submission.callerOf(job.scope()), job.bulkId().toString()))
        .waiting();
  }

  private static Wait until(WaitReason reason, String time) {
    return new Wait(reason, Instant.parse(time));
  }

  private static SendWindow hours(int from, int to) {
    return new SendWindow(LocalTime.of(from, 0), LocalTime.of(to, 0), Set.of(), UTC);
  }
}
