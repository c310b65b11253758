package dev.carillon.application.keeping;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.NoLimits;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.CarrierStanding;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.SendWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindStalledTest {
  private static final Duration QUIET = Duration.ofMinutes(5);

  private final House house = new House(ScriptedCarrier.withWindow(10));
  private final Closing flow = new Closing();
  private final List<StalledJob> reported = new ArrayList<>();
  private final FindStalled findStalled =
      new FindStalled(
          new StalledJobs(
              house.store.jobs(), house.store.witness(), flow, house.carriers, house.clock),
          house.clock,
          QUIET,
          reported::add);

  @Test
  void reportsARunningJobOfWhichNothingIsHeard() {
    StoredJob job = house.stored(anSmsJob().to(1));
    house.pass(QUIET);
    assertThat(findStalled.handle()).isZero();
    house.pass(Duration.ofSeconds(1));

    assertThat(findStalled.handle()).isEqualTo(1);

    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst().bulkId()).isEqualTo(job.bulkId());
    assertThat(reported.getFirst().status()).isEqualTo(JobStatus.PENDING);
    assertThat(reported.getFirst().changedAt()).isEqualTo(CREATED);
    assertThat(reported.getFirst().routed()).isTrue();
  }

  @Test
  void reportsTheSameOnceAnHourForAsLongAsItStandsStill() {
    house.stored(anSmsJob().to(1));
    house.pass(QUIET.plusSeconds(1));

    findStalled.handle();
    house.pass(Duration.ofMinutes(59));
    findStalled.handle();
    assertThat(reported).hasSize(1);
    house.pass(Duration.ofMinutes(1));
    findStalled.handle();

    assertThat(reported).hasSize(2);
  }

  @Test
  void reportsAJobAgainThatMovedAndThenStandsStillAgain() {
    house.stored(anSmsJob().to(1));
    house.pass(QUIET.plusSeconds(1));
    findStalled.handle();
    LeasedChunk leased = house.lease(new WorkerId("other"), 0).orElseThrow();
    house.settling.release(leased.key(), leased.lease(), house.clock.instant(), Map.of());

    assertThat(findStalled.handle()).isZero();
    house.pass(QUIET.plusSeconds(1));

    assertThat(findStalled.handle()).isEqualTo(1);
  }

  @Test
  void aLeaseThatIsAliveIsAReasonToWait() {
    house.stored(anSmsJob().to(1));
    house.clock.advance(QUIET.plusSeconds(1));
    house.leaseClock.advance(QUIET.plusSeconds(1));
    LeasedChunk leased = house.lease(new WorkerId("other"), 0).orElseThrow();
    house.store.chunks().prolong(Map.of(leased.key(), leased.lease()), QUIET.multipliedBy(3));
    house.pass(QUIET.plusSeconds(1));

    assertThat(findStalled.handle()).isZero();
  }

  @Test
  void aChunkThatIsDueLaterIsAReasonToWait() {
    house.stored(anSmsJob().to(1));
    LeasedChunk leased = house.lease(new WorkerId("other"), 0).orElseThrow();
    house.settling.release(
        leased.key(), leased.lease(), house.clock.instant().plus(QUIET.multipliedBy(2)), Map.of());
    house.pass(QUIET.plusSeconds(1));
    assertThat(findStalled.handle()).isZero();
    house.pass(QUIET);

    assertThat(findStalled.handle()).isEqualTo(1);
  }

  @Test
  void aCarrierThatIsClosedIsAReasonToWait() {
    house.stored(anSmsJob().to(1));
    house.pass(QUIET.plusSeconds(1));
    flow.closedUntil = house.clock.instant().plusSeconds(1);

    assertThat(findStalled.handle()).isZero();
    house.pass(Duration.ofSeconds(1));

    assertThat(findStalled.handle()).isEqualTo(1);
  }

  @Test
  void thatNoRouteLeadsToACarrierIsNoReasonToWait() {
    house.stored(anSmsJob().to(1));
    house.pass(QUIET.plusSeconds(1));
    house.carriers.replaceBy(null);
    flow.closedUntil = house.clock.instant().plusSeconds(1);

    assertThat(findStalled.handle()).isEqualTo(1);

    assertThat(reported.getFirst().routed()).isFalse();
  }

  @Test
  void aLimitThatLetsNothingThroughInThatTimeIsAReasonToWait() {
    house.stored(anSmsJob().to(1));
    house.pass(QUIET.plusSeconds(1));
    flow.perSecond = OptionalDouble.of(0.001);
    assertThat(findStalled.handle()).isZero();
    flow.perSecond = OptionalDouble.of(1);

    assertThat(findStalled.handle()).isEqualTo(1);
  }

  @Test
  void aSendWindowThatIsClosedIsAReasonToWait() {
    // created at 10:00
    SendWindow afternoon =
        new SendWindow(LocalTime.of(14, 0), LocalTime.of(18, 0), Set.of(), ZoneOffset.UTC);
    house.stored(anSmsJob().to(1).within(afternoon));
    house.pass(QUIET.plusSeconds(1));
    assertThat(findStalled.handle()).isZero();
    house.pass(Duration.ofHours(4));

    assertThat(findStalled.handle()).isEqualTo(1);
  }

  @Test
  void dispatchSwitchedOffIsAReasonToWait() {
    house.stored(anSmsJob().to(1));
    house.pass(QUIET.plusSeconds(1));
    house.store.witness().switchOff("restored", house.clock.instant());

    assertThat(findStalled.handle()).isZero();
  }

  @Test
  void nothingExcusesACancelledJobThatIsNotSwept() {
    house.stored(anSmsJob().to(1).inStatus(JobStatus.CANCELLING));
    flow.closedUntil = Instant.MAX;
    house.pass(QUIET.plusSeconds(1));

    assertThat(findStalled.handle()).isEqualTo(1);
  }

  @Test
  void jobsThatArePausedOrHaveEndedDoNotStandStill() {
    house.stored(anSmsJob().to(1).inStatus(JobStatus.PAUSED));
    StoredJob ended = house.stored(anSmsJob().to(1));
    house.workAll();
    house.pass(QUIET.plusSeconds(1));

    assertThat(house.job(ended).done()).isTrue();
    assertThat(findStalled.handle()).isZero();
  }

  private static final class Closing implements FlowControl {
    private final NoLimits other = new NoLimits();
    private @Nullable Instant closedUntil;
    private OptionalDouble perSecond = OptionalDouble.empty();

    @Override
    public Optional<Instant> closedUntil(CarrierId carrier) {
      return Optional.ofNullable(closedUntil);
    }

    @Override
    public CarrierStanding standing(CarrierId carrier) {
      return new CarrierStanding(carrier, true, "CLOSED", 0, perSecond, 0, null);
    }

    @Override
    public Allowance ask(Traffic traffic, int wanted) {
      return other.ask(traffic, wanted);
    }

    @Override
    public void giveBack(Traffic traffic, int unused) {
      other.giveBack(traffic, unused);
    }

    @Override
    public void note(CarrierId carrier, Collection<DispatchOutcome> outcomes) {
      other.note(carrier, outcomes);
    }

    @Override
    public boolean isOff(CarrierId carrier) {
      return other.isOff(carrier);
    }

    @Override
    public int window(CarrierId carrier) {
      return other.window(carrier);
    }
  }
}
