package dev.carillon.application;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Transactions;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
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
      assertThat(watch.next(LONG)).isEqualTo(new WatchEvent.Snapshot(house.job(job)));
    }
  }

  @Test
  void tellsAChangeAsSoonAsTheHubHasLooked() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      watch.next(LONG);
      begin();
      hub.refresh(LONG);

      assertThat(watch.next(LONG)).isEqualTo(new WatchEvent.Progress(house.job(job)));
    }
  }

  @Test
  void wakesAReaderThatWaits() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      watch.next(LONG);
      Background<WatchEvent> reader = Background.start(() -> watch.next(LONG));
      begin();
      hub.refresh(LONG);

      assertThat(reader.result()).isEqualTo(new WatchEvent.Progress(house.job(job)));
    }
  }

  @Test
  void makesOneEventOfSeveralChanges() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      watch.next(LONG);
      begin();
      hub.refresh(LONG);
      house.workOnce();
      hub.refresh(LONG);

      assertThat(watch.next(LONG)).isEqualTo(new WatchEvent.Progress(house.job(job)));
      assertThat(watch.next(AT_ONCE)).isInstanceOf(WatchEvent.Heartbeat.class);
    }
  }

  @Test
  void beatsWhenNothingIsNew() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      watch.next(LONG);
      hub.refresh(AT_ONCE);

      assertThat(watch.next(AT_ONCE)).isEqualTo(new WatchEvent.Heartbeat(house.job(job).version()));
    }
  }

  @Test
  void goesOnAfterABreakWithoutTellingTheSameAgain() throws InterruptedException {
    long read = house.job(job).version();
    try (WatchBulkJob.Watch watch = watch(read)) {
      assertThat(watch.next(AT_ONCE)).isEqualTo(new WatchEvent.Heartbeat(read));
      begin();
      hub.refresh(LONG);
      assertThat(watch.next(LONG)).isInstanceOf(WatchEvent.Progress.class);
    }
    try (WatchBulkJob.Watch watch = watch(read)) {
      assertThat(watch.next(LONG)).isEqualTo(new WatchEvent.Snapshot(house.job(job)));
    }
  }

  @Test
  void endsWithTheEndAndNothingElseAfterIt() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      watch.next(LONG);
      house.workAll();
      hub.refresh(LONG);

      WatchEvent end = watch.next(LONG);

      assertThat(end).isEqualTo(new WatchEvent.End(house.job(job)));
      assertThat(watch.next(AT_ONCE)).isEqualTo(end);
    }
  }

  @Test
  void tellsAnEndedJobAsASnapshotAndItsEnd() throws InterruptedException {
    house.workAll();
    try (WatchBulkJob.Watch watch = watch()) {
      assertThat(watch.next(LONG)).isEqualTo(new WatchEvent.Snapshot(house.job(job)));
      assertThat(watch.next(LONG)).isEqualTo(new WatchEvent.End(house.job(job)));
    }
    try (WatchBulkJob.Watch watch = watch(house.job(job).version())) {
      assertThat(watch.next(LONG)).isEqualTo(new WatchEvent.End(house.job(job)));
    }
  }

  @Test
  void letsALostNoticeCostOneLook() throws InterruptedException {
    try (WatchBulkJob.Watch watch = watch()) {
      watch.next(LONG);
      house.feed.lose(true);
      house.workAll();
      hub.refresh(AT_ONCE);

      assertThat(watch.next(LONG)).isInstanceOf(WatchEvent.End.class);
    }
  }

  @Test
  void looksAtAllThatAreWatchedHoweverOftenOthersChange() throws InterruptedException {
    StoredJob noisy = house.stored(anSmsJob().to(1));
    try (WatchBulkJob.Watch watch = watch();
        WatchBulkJob.Watch _ = watchBulkJob.handle(query(noisy, OptionalLong.empty()))) {
      watch.next(LONG);
      house.feed.lose(true);
      begin();
      house.feed.lose(false);
      AtomicBoolean seen = new AtomicBoolean();
      Background<WatchEvent> reader =
          Background.start(() -> {
            WatchEvent event = watch.next(LONG);
            seen.set(true);
            return event;
          });

      Await.until(
          "the quiet job is looked at",
          () -> {
            house.feed.changed(noisy.id());
            refresh(Duration.ofMillis(20));
            return seen.get();
          });

      assertThat(reader.result()).isEqualTo(new WatchEvent.Progress(house.job(job)));
    }
  }

  @Test
  void missesNothingThatHappensBetweenTheFirstLookAndTheWatch() throws InterruptedException {
    try (WatchBulkJob.Watch early = watch()) {
      early.next(LONG);
      begin();
      try (WatchBulkJob.Watch late = watch()) {
        assertThat(late.next(LONG)).isEqualTo(new WatchEvent.Snapshot(house.job(job)));
        assertThat(early.next(LONG)).isEqualTo(new WatchEvent.Progress(house.job(job)));
      }
    }
  }

  @Test
  void neverReplacesASnapshotByAnOlderOne() throws InterruptedException {
    BulkJob older = house.job(job);
    begin();
    BulkJob newer = house.job(job);
    WatchTopic topic = new WatchTopic(newer);

    topic.publish(older);

    assertThat(topic.awaitNewer(older.version(), AT_ONCE)).isEqualTo(newer);
  }

  @Test
  void tellsAllWatchersOfTheEnd() throws InterruptedException {
    List<Background<WatchEvent>> readers = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      WatchBulkJob.Watch watch = watch();
      watch.next(LONG);
      readers.add(
          Background.start(() -> {
            try (watch) {
              WatchEvent event = watch.next(LONG);
              while (!(event instanceof WatchEvent.End)) {
                event = watch.next(LONG);
              }
              return event;
            }
          }));
    }
    house.workAll();
    hub.refresh(LONG);

    for (Background<WatchEvent> reader : readers) {
      assertThat(reader.result()).isEqualTo(new WatchEvent.End(house.job(job)));
    }
    assertThat(hub.watchers()).isZero();
  }

  @Test
  void tellsAMonotoneVersion() throws InterruptedException {
    List<Long> versions = new ArrayList<>();
    try (WatchBulkJob.Watch watch = watch()) {
      versions.add(watch.next(LONG).version());
      begin();
      hub.refresh(LONG);
      versions.add(watch.next(LONG).version());
      versions.add(watch.next(AT_ONCE).version());
      house.workAll();
      hub.refresh(LONG);
      versions.add(watch.next(LONG).version());
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
