package dev.carillon.application.watch;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.settling.JobLife;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchBulkJobTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int MOST = 3;

  private final House house = new House(ScriptedCarrier.withWindow(10));
  private final WatchHub hub = new WatchHub(house.store.jobs(), house.feed, MOST);
  private final WatchBulkJob watchBulkJob = new WatchBulkJob(house.getBulkJob, hub);
  private final StoredJob job = house.stored(anSmsJob().to(8));

  @Test
  void beginsWithASnapshot() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      assertThat(next(watch)).isEqualTo(new WatchEvent.Snapshot(house.job(job)));
    }
  }

  @Test
  void tellsAChangeAsSoonAsTheHubHasLooked() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      next(watch);
      begin();
      hub.refresh(LONG);

      assertThat(next(watch)).isEqualTo(new WatchEvent.Progress(house.job(job)));
    }
  }

  @Test
  void saysWhenThereIsNewsAndOnlyThen() throws InterruptedException {
    AtomicInteger said = new AtomicInteger();
    hub.onNews(said::incrementAndGet);
    try (WatchBulkJob.Watch watch = watch()) {
      assertThat(watch.hasNews()).isTrue();
      next(watch);
      hub.refresh(AT_ONCE);
      assertThat(said).hasValue(0);
      assertThat(watch.hasNews()).isFalse();

      begin();
      hub.refresh(LONG);

      assertThat(said).hasValue(1);
      assertThat(watch.hasNews()).isTrue();
      assertThat(watch.isPressing()).isFalse();
    }
  }

  @Test
  void makesOneEventOfSeveralChanges() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      next(watch);
      begin();
      hub.refresh(LONG);
      house.workOnce();
      hub.refresh(LONG);

      assertThat(next(watch)).isEqualTo(new WatchEvent.Progress(house.job(job)));
      assertThat(watch.poll()).isEmpty();
    }
  }

  @Test
  void beatsWhenNothingIsNew() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      next(watch);
      hub.refresh(AT_ONCE);

      assertThat(watch.poll()).isEmpty();
      assertThat(watch.beat()).isEqualTo(new WatchEvent.Heartbeat(house.job(job).version()));
    }
  }

  @Test
  void goesOnAfterABreakWithoutTellingTheSameAgain() throws InterruptedException {
    long read = house.job(job).version();
    try (WatchBulkJob.Watch watch = watch(read)) {
      assertThat(watch.poll()).isEmpty();
      assertThat(watch.beat()).isEqualTo(new WatchEvent.Heartbeat(read));
      begin();
      hub.refresh(LONG);
      assertThat(next(watch)).isInstanceOf(WatchEvent.Progress.class);
    }
    try (WatchBulkJob.Watch watch = watch(read)) {
      assertThat(next(watch)).isEqualTo(new WatchEvent.Snapshot(house.job(job)));
    }
  }

  @Test
  void endsWithTheEndAndNothingElseAfterIt() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      next(watch);
      house.workAll();
      hub.refresh(LONG);

      WatchEvent end = next(watch);

      assertThat(end).isEqualTo(new WatchEvent.End(house.job(job)));
      assertThat(watch.isOver()).isTrue();
      assertThat(watch.poll()).isEmpty();
    }
  }

  @Test
  void goesOnToTheSecondEndWhereThatIsAskedFor() throws InterruptedException {
    JobLife life = new JobLife(house.store.jobs(), house.store.outbox());
    try (WatchBulkJob.Watch watch =
        watchBulkJob.handle(
            new WatchBulkJob.Query(
                callerOf(house.scope), job.bulkId().toString(), OptionalLong.empty(), true))) {
      next(watch);
      house.workAll();
      hub.refresh(LONG);

      WatchEvent ended = next(watch);
      assertThat(ended).isEqualTo(new WatchEvent.Progress(house.job(job)));
      assertThat(house.job(job).done()).isTrue();

      house.store.run(() -> life.settleByDeadline(job.id(), house.clock.instant()));
      house.feed.changed(job.id());
      hub.refresh(LONG);
      WatchEvent settled = next(watch);

      assertThat(settled).isEqualTo(new WatchEvent.End(house.job(job)));
      assertThat(settled.version()).isGreaterThan(ended.version());
      assertThat(watch.isOver()).isTrue();
    }
  }

  @Test
  void tellsAnEndedJobAsASnapshotAndItsEnd() throws InterruptedException {
    house.workAll();
    try (WatchBulkJob.Watch watch = watch()) {
      assertThat(next(watch)).isEqualTo(new WatchEvent.Snapshot(house.job(job)));
      assertThat(next(watch)).isEqualTo(new WatchEvent.End(house.job(job)));
    }
    try (WatchBulkJob.Watch watch = watch(house.job(job).version())) {
      assertThat(next(watch)).isEqualTo(new WatchEvent.End(house.job(job)));
    }
  }

  @Test
  void letsALostNoticeCostOneLook() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      next(watch);
      house.feed.lose(true);
      house.workAll();
      hub.refresh(AT_ONCE);

      assertThat(next(watch)).isInstanceOf(WatchEvent.End.class);
    }
  }

  @Test
  void looksAtAllThatAreWatchedHoweverOftenOthersChange() throws InterruptedException {
    StoredJob noisy = house.stored(anSmsJob().to(1));
    try (WatchBulkJob.Watch watch = watch();
        WatchBulkJob.Watch _ = watchBulkJob.handle(query(noisy, OptionalLong.empty()))) {
      next(watch);
      house.feed.lose(true);
      begin();
      house.feed.lose(false);

      Await.until(
          "the quiet job is looked at",
          () -> {
            house.feed.changed(noisy.id());
            refresh(Duration.ofMillis(20));
            return watch.hasNews();
          });

      assertThat(next(watch)).isEqualTo(new WatchEvent.Progress(house.job(job)));
    }
  }

  @Test
  void missesNothingThatHappensBetweenTheFirstLookAndTheWatch() throws InterruptedException {
    try (WatchBulkJob.Watch early = watch()) {
      next(early);
      begin();
      try (WatchBulkJob.Watch late = watch()) {
        assertThat(next(late)).isEqualTo(new WatchEvent.Snapshot(house.job(job)));
        assertThat(next(early)).isEqualTo(new WatchEvent.Progress(house.job(job)));
      }
    }
  }

  @Test
  void neverReplacesASnapshotByAnOlderOne() {
    BulkJob older = house.job(job);
    begin();
    BulkJob newer = house.job(job);
    WatchTopic topic = new WatchTopic(newer);

    assertThat(topic.publish(older)).isFalse();

    assertThat(topic.latest()).isEqualTo(newer);
  }

  @Test
  void tellsAllWatchersOfTheEnd() throws InterruptedException {
    List<WatchBulkJob.Watch> watches = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      watches.add(watch());
      next(watches.getLast());
    }
    house.workAll();
    hub.refresh(LONG);

    for (WatchBulkJob.Watch watch : watches) {
      assertThat(watch.isPressing()).isTrue();
      assertThat(next(watch)).isEqualTo(new WatchEvent.End(house.job(job)));
      assertThat(watch.isPressing()).isFalse();
      watch.close();
    }
    assertThat(hub.watchers()).isZero();
  }

  @Test
  void tellsAMonotoneVersion() throws InterruptedException {
    List<Long> versions = new ArrayList<>();
    try (WatchBulkJob.Watch watch = watch()) {
      versions.add(next(watch).version());
      begin();
      hub.refresh(LONG);
      versions.add(next(watch).version());
      versions.add(watch.beat().version());
      house.workAll();
      hub.refresh(LONG);
      versions.add(next(watch).version());
    }

    assertThat(versions).isSorted();
    assertThat(versions.stream().distinct()).hasSize(3);
  }

  @Test
  void takesNoMoreWatchersThanAllowedAndFreesTheirPlaces() {
    List<WatchBulkJob.Watch> watches = List.of(watch(), watch(), watch());

    assertThat(refusal()).isInstanceOf(DomainError.QuotaExceeded.class);
    watches.getFirst().close();
    watches.getFirst().close();

    assertThat(hub.watchers()).isEqualTo(MOST - 1);
    WatchBulkJob.Watch again = watch();
    assertThat(refusal()).isInstanceOf(DomainError.QuotaExceeded.class);
    again.close();
    watches.subList(1, 3).forEach(WatchBulkJob.Watch::close);
    assertThat(hub.watchers()).isZero();
  }

  @Test
  void findsNoJobOfOthersAndTakesNoPlaceForIt() {
    DomainError error =
        catchThrowableOfType(
                DomainException.class,
                () ->
                    watchBulkJob.handle(
                        new WatchBulkJob.Query(
                            callerOf(house.store.newScope()),
                            job.bulkId().toString(),
                            OptionalLong.empty())))
            .error();

    assertThat(error).isInstanceOf(DomainError.NotFound.class);
    assertThat(hub.watchers()).isZero();
  }

  @Test
  void asksTheStoreForNothingThatNobodyWatches() throws InterruptedException {
    long commits = house.store.commits();

    hub.refresh(AT_ONCE);
    house.feed.changed(job.id());
    hub.refresh(AT_ONCE);

    assertThat(house.store.commits()).isEqualTo(commits);
  }

  private WatchBulkJob.Watch watch() {
    return watchBulkJob.handle(query(job, OptionalLong.empty()));
  }

  private WatchBulkJob.Watch watch(long resumeVersion) {
    return watchBulkJob.handle(query(job, OptionalLong.of(resumeVersion)));
  }

  private WatchBulkJob.Query query(StoredJob watched, OptionalLong resumeVersion) {
    return new WatchBulkJob.Query(
        callerOf(house.scope), watched.bulkId().toString(), resumeVersion);
  }

  private static WatchEvent next(WatchBulkJob.Watch watch) {
    return watch.poll().orElseThrow();
  }

  private DomainError refusal() {
    return catchThrowableOfType(DomainException.class, this::watch).error();
  }

  private void begin() {
    Transactions transactions = house.store;
    transactions.run(() ->
        assertThat(
                house.store.jobs().move(job.id(), JobTransition.BEGIN, null, house.clock.instant()))
            .isTrue());
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PROCESSING);
    house.feed.changed(job.id());
  }

  private void refresh(Duration most) {
    try {
      hub.refresh(most);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
