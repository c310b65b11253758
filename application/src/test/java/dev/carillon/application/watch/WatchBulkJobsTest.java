package dev.carillon.application.watch;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.watch.WatchBulkJobs.Position;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchBulkJobsTest {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration LONG_AGO = Duration.ofMinutes(1);
  private static final int MOST = 3;

  private final House house = new House(ScriptedCarrier.withWindow(10));
  private final JobsHub hub = hub();
  private final WatchBulkJobs watchBulkJobs = watchBulkJobs(hub);

  @Test
  void beginsWithWhatHasNotEnded() throws InterruptedException {
    house.stored(anSmsJob().to(1));
    house.workAll();
    house.store.events().number(100);
    StoredJob one = house.stored(anSmsJob().to(2));
    StoredJob other = house.stored(anSmsJob().to(3));

    try (WatchBulkJobs.Watch watch = watch()) {
      assertThat(all(watch))
          .containsExactly(
              new WatchEvent.Snapshot(house.job(one)), new WatchEvent.Snapshot(house.job(other)));
      look(AT_ONCE);
      assertThat(all(watch)).isEmpty();
    }
  }

  @Test
  void tellsChangesAndEndsOfAllJobsAlsoOfNewOnes() throws InterruptedException {
    StoredJob known = house.stored(anSmsJob().to(8));
    try (WatchBulkJobs.Watch watch = watch()) {
      all(watch);
      begin(known);
      look(LONG);
      assertThat(all(watch)).containsExactly(new WatchEvent.Progress(house.job(known)));

      StoredJob late = house.stored(anSmsJob().to(4));
      house.feed.changed(late.id());
      look(LONG);
      assertThat(all(watch)).containsExactly(new WatchEvent.Progress(house.job(late)));

      house.workAll();
      look(LONG);
      assertThat(all(watch))
          .containsExactlyInAnyOrder(
              new WatchEvent.End(house.job(known)), new WatchEvent.End(house.job(late)));
      look(AT_ONCE);
      assertThat(all(watch)).isEmpty();
    }
  }

  @Test
  void makesOneEventOfSeveralChangesOfAJob() throws InterruptedException {
    StoredJob job = house.stored(anSmsJob().to(8));
    try (WatchBulkJobs.Watch watch = watch()) {
      all(watch);
      begin(job);
      look(LONG);
      house.workOnce();
      look(LONG);

      assertThat(all(watch)).containsExactly(new WatchEvent.Progress(house.job(job)));
    }
  }

  @Test
  void missesNoEndWhenNoticesAreLost() throws InterruptedException {
    StoredJob known = house.stored(anSmsJob().to(1));
    try (WatchBulkJobs.Watch watch = watch()) {
      all(watch);
      house.feed.lose(true);
      StoredJob unknown = house.stored(anSmsJob().to(1));
      house.workAll();
      look(AT_ONCE);

      assertThat(all(watch))
          .containsExactlyInAnyOrder(
              new WatchEvent.End(house.job(known)), new WatchEvent.End(house.job(unknown)));
    }
  }

  @Test
  void doesNotTellTheEndAgainWhenReceiptsCome() throws InterruptedException {
    StoredJob job = house.stored(anSmsJob().to(2));
    StoredJob past = house.stored(anSmsJob().to(2));
    try (WatchBulkJobs.Watch before = watch()) {
      all(before);
      house.workAll();
      look(AT_ONCE);
      assertThat(all(before)).hasSize(2);
    }
    try (WatchBulkJobs.Watch watch = watch()) {
      receipt(job);
      receipt(past);
      look(LONG);
      look(AT_ONCE);

      assertThat(all(watch)).isEmpty();
    }
  }

  @Test
  void doesNotPassByAnEndThatReceiptsFollow() throws InterruptedException {
    StoredJob job = house.stored(anSmsJob().to(2));
    StoredJob other = house.stored(anSmsJob().to(2));
    try (WatchBulkJobs.Watch watch = watch()) {
      all(watch);
      house.workAll();
      look(LONG);
      begin(house.stored(anSmsJob().to(1)));
      look(LONG);
      watch.poll();
      receipt(job);
      receipt(other);
      look(LONG);

      List<WatchEvent> events = all(watch);
      assertThat(events).filteredOn(WatchEvent.End.class::isInstance).hasSize(1);
      assertThat(events).hasSize(2);
    }
  }

  @Test
  void followsJobsUntilTheyAreSettledWhereThatIsAskedFor() throws InterruptedException {
    StoredJob job = house.stored(anSmsJob().to(1));
    try (WatchBulkJobs.Watch watch = watchBulkJobs.handle(query(Optional.empty(), true))) {
      all(watch);
      house.workAll();
      look(LONG);
      look(AT_ONCE);
      assertThat(all(watch)).containsExactly(new WatchEvent.Progress(house.job(job)));
      assertThat(house.job(job).done()).isTrue();

      receipt(job);
      look(LONG);
      look(AT_ONCE);

      assertThat(house.job(job).life().settledAt()).isNotNull();
      assertThat(all(watch)).containsExactly(new WatchEvent.End(house.job(job)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goesOnAtAnyNodeWithWhatIsNewerAndEveryEnd(boolean known) throws InterruptedException {
    StoredJob quiet = house.stored(anSmsJob().to(1).inStatus(JobStatus.PAUSED));
    StoredJob ended = house.stored(anSmsJob().to(1));
    JobsHub other = hub();
    WatchBulkJobs elsewhere = watchBulkJobs(other);
    Optional<WatchBulkJobs.Watch> there =
        known ? Optional.of(elsewhere.handle(query(Optional.empty(), false))) : Optional.empty();
    Position position;
    try (WatchBulkJobs.Watch watch = watch()) {
      house.workAll();
      house.pass(LONG_AGO);
      look(AT_ONCE);
      assertThat(all(watch)).contains(new WatchEvent.End(house.job(ended)));
      position = watch.position();
    }
    StoredJob ends = house.stored(anSmsJob().to(1));
    house.workAll();
    StoredJob later = house.stored(anSmsJob().to(1).createdAt(house.clock.instant()));
    house.store.events().number(100);
    if (known) {
      house.feed.changed(later.id());
      other.refresh(AT_ONCE);
    }

    try (WatchBulkJobs.Watch watch = elsewhere.handle(query(Optional.of(position), false))) {
      assertThat(all(watch))
          .containsExactly(
              new WatchEvent.End(house.job(ends)), new WatchEvent.Snapshot(house.job(later)));
      assertThat(watch.position().number()).isGreaterThan(position.number());
    }
    assertThat(house.job(quiet).done()).isFalse();
    there.ifPresent(WatchBulkJobs.Watch::close);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsNoEndAgainThatWasToldBeforeItsEventHadANumber(boolean untilSettled)
      throws InterruptedException {
    StoredJob job = house.stored(anSmsJob().to(1));
    Position position;
    try (WatchBulkJobs.Watch watch = watchBulkJobs.handle(query(Optional.empty(), untilSettled))) {
      all(watch);
      house.workAll();
      receipt(job);
      hub.refresh(LONG);
      assertThat(all(watch)).contains(new WatchEvent.End(house.job(job)));
      position = watch.position();
      assertThat(position.told()).hasSize(1);
      look(AT_ONCE);
      assertThat(all(watch)).isEmpty();
      assertThat(watch.position().told()).as("covered by the number").isEmpty();
      assertThat(watch.position().number()).isGreaterThan(position.number());
    }
    try (WatchBulkJobs.Watch later =
        watchBulkJobs(hub()).handle(query(Optional.of(position), untilSettled))) {
      assertThat(all(later)).as("numbered meanwhile").isEmpty();
      assertThat(later.position().told()).isEmpty();
    }
    try (WatchBulkJobs.Watch otherwise =
        watchBulkJobs(hub()).handle(query(Optional.of(position), !untilSettled))) {
      assertThat(all(otherwise))
          .as("the other end")
          .containsExactly(new WatchEvent.End(house.job(job)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsNoEndAgainWhoseEventGetsItsNumberAfterABreak(boolean known)
      throws InterruptedException {
    JobsHub other = hub();
    WatchBulkJobs elsewhere = watchBulkJobs(other);
    StoredJob job = house.stored(anSmsJob().to(1));
    Optional<WatchBulkJobs.Watch> there =
        known ? Optional.of(elsewhere.handle(query(Optional.empty(), false))) : Optional.empty();
    Position position;
    try (WatchBulkJobs.Watch watch = watch()) {
      all(watch);
      house.workAll();
      hub.refresh(LONG);
      assertThat(all(watch)).containsExactly(new WatchEvent.End(house.job(job)));
      position = watch.position();
    }

    try (WatchBulkJobs.Watch watch = elsewhere.handle(query(Optional.of(position), false))) {
      assertThat(all(watch)).doesNotContain(new WatchEvent.End(house.job(job)));
      house.store.events().number(100);
      other.refresh(AT_ONCE);
      other.refresh(AT_ONCE);
      assertThat(all(watch)).isEmpty();
      StoredJob next = house.stored(anSmsJob().to(1));
      house.workAll();
      house.store.events().number(100);
      other.refresh(AT_ONCE);
      other.refresh(AT_ONCE);
      assertThat(all(watch)).containsExactly(new WatchEvent.End(house.job(next)));
    }
    there.ifPresent(WatchBulkJobs.Watch::close);
  }

  @Test
  void goesOnAfterTheEndsThatWereCaughtUpOnBeforeAnotherBreak() throws InterruptedException {
    Position position;
    try (WatchBulkJobs.Watch watch = watch()) {
      look(AT_ONCE);
      all(watch);
      position = watch.position();
    }
    StoredJob one = house.stored(anSmsJob().to(1));
    house.workAll();
    StoredJob other = house.stored(anSmsJob().to(1));
    house.workAll();
    house.store.events().number(100);

    try (WatchBulkJobs.Watch watch =
        watchBulkJobs(hub()).handle(query(Optional.of(position), false))) {
      assertThat(watch.poll()).contains(new WatchEvent.End(house.job(one)));
      position = watch.position();
    }
    try (WatchBulkJobs.Watch watch =
        watchBulkJobs(hub()).handle(query(Optional.of(position), false))) {
      assertThat(all(watch)).containsExactly(new WatchEvent.End(house.job(other)));
    }
  }

  @Test
  void tellsTheSameToAll() throws InterruptedException {
    StoredJob job = house.stored(anSmsJob().to(1));
    try (WatchBulkJobs.Watch one = watch();
        WatchBulkJobs.Watch other = watch()) {
      assertThat(all(one)).hasSize(1);
      house.workAll();
      look(LONG);

      assertThat(all(one)).containsExactly(new WatchEvent.End(house.job(job)));
      assertThat(all(other)).containsExactly(new WatchEvent.End(house.job(job)));
    }
  }

  @Test
  void tellsNobodyOfTheJobsOfOthers() throws InterruptedException {
    Scope stranger = house.store.newScope();
    try (WatchBulkJobs.Watch watch =
        watchBulkJobs.handle(
            new WatchBulkJobs.Query(callerOf(stranger), Optional.empty(), false))) {
      house.stored(anSmsJob().to(1));
      house.workAll();
      look(AT_ONCE);
      assertThat(all(watch)).isEmpty();
    }
  }

  @Test
  void saysWhenThereIsNews() throws InterruptedException {
    AtomicInteger said = new AtomicInteger();
    hub.onNews(said::incrementAndGet);
    StoredJob job = house.stored(anSmsJob().to(1));
    try (WatchBulkJobs.Watch watch = watch()) {
      assertThat(watch.hasNews()).isTrue();
      all(watch);
      look(AT_ONCE);
      assertThat(said).hasValue(0);
      assertThat(watch.hasNews()).isFalse();

      begin(job);
      look(LONG);

      assertThat(said).hasValue(1);
      assertThat(watch.hasNews()).isTrue();
    }
  }

  @Test
  void takesNoMoreWatchersThanAllowedAndFreesTheirPlaces() {
    List<WatchBulkJobs.Watch> watches = List.of(watch(), watch(), watch());

    assertThat(refusal()).isInstanceOf(DomainError.QuotaExceeded.class);
    watches.getFirst().close();
    watches.getFirst().close();
    WatchBulkJobs.Watch again = watch();
    assertThat(refusal()).isInstanceOf(DomainError.QuotaExceeded.class);
    again.close();
  }

  @Test
  void asksTheStoreForNothingWhileNobodyWatches() throws InterruptedException {
    StoredJob job = house.stored(anSmsJob().to(1));
    long commits = house.store.commits();

    hub.refresh(AT_ONCE);
    house.feed.changed(job.id());
    hub.refresh(AT_ONCE);

    assertThat(house.store.commits()).isEqualTo(commits);
  }

  private JobsHub hub() {
    return new JobsHub(house.store.jobs(), house.store.events(), house.feed, house.clock, MOST);
  }

  private WatchBulkJobs watchBulkJobs(JobsHub of) {
    return new WatchBulkJobs(house.store.jobs(), house.store.events(), of);
  }

  private WatchBulkJobs.Watch watch() {
    return watchBulkJobs.handle(query(Optional.empty(), false));
  }

  private WatchBulkJobs.Query query(Optional<Position> resume, boolean untilSettled) {
    return new WatchBulkJobs.Query(callerOf(house.scope), resume, untilSettled);
  }

  private DomainError refusal() {
    return catchThrowableOfType(DomainException.class, this::watch).error();
  }

  private static List<WatchEvent> all(WatchBulkJobs.Watch watch) {
    List<WatchEvent> events = new ArrayList<>();
    watch.poll().ifPresent(events::add);
    for (Optional<WatchEvent> next = watch.poll(); next.isPresent(); next = watch.poll()) {
      events.add(next.get());
    }
    return events;
  }

  private void look(Duration most) throws InterruptedException {
    house.store.events().number(100);
    hub.refresh(most);
  }

  private void begin(StoredJob job) {
    house.store.run(() ->
        assertThat(
                house.store.jobs().move(job.id(), JobTransition.BEGIN, null, house.clock.instant()))
            .isTrue());
    house.feed.changed(job.id());
  }

  private void receipt(StoredJob job) {
    house.receipt(job.ref(0), ReceiptKind.DELIVERED);
    house.feed.changed(job.id());
  }
}
