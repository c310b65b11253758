package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Uploads;
import dev.carillon.application.port.Uploads.Terms;
import dev.carillon.application.port.Uploads.Upload;
import dev.carillon.application.port.Uploads.UploadedChunk;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.UploadProgress;
import dev.carillon.domain.job.UploadReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What every store keeps about uploads.
public abstract class UploadsContract extends StoreContract {
  private static final Terms TERMS = new Terms("ZW", DuplicatePolicy.BY_CONTENT, "", null, null);
  private static final int EVERYTHING = 1_000;

  /// Forgets what was needed by uploads that are over, so much of it.
  protected abstract int forget(int limit);

  @Test
  void opensAnUploadOfWhichNothingHasCome() {
    Terms terms =
        new Terms(
            "MR",
            DuplicatePolicy.BY_ADDRESS,
            "group-1",
            new Money("USD", 5_000_000),
            CREATED.plus(Duration.ofDays(2)));
    StoredJob job = open(terms);

    assertThat(uploads().nextSequence(job.id())).hasValue(1);
    Upload opened = new Upload(job.id(), JobStatus.OPEN, UploadProgress.NONE, terms);
    assertThat(locked(job)).contains(opened);
    assertThat(uploads().find(scope(), job.bulkId())).contains(opened);
  }

  @Test
  void knowsNoUploadOfAJobThatWasListed() {
    StoredJob job = store(anSmsJob().to(2));

    assertThat(locked(job)).isEmpty();
    assertThat(uploads().nextSequence(job.id())).isEmpty();
  }

  @Test
  void showsUploadsToTheirScopeOnly() {
    StoredJob job = open(TERMS);

    assertThat(locked(testScope(), job.bulkId())).isEmpty();
    assertThat(uploads().find(testScope(), job.bulkId())).isEmpty();
    assertThat(locked(ports().newScope().get(), job.bulkId())).isEmpty();
    assertThat(locked(scope(), anSmsJob().newJob(scope()).bulkId())).isEmpty();
  }

  @Test
  void remembersEachChunkAndHowFarAnUploadHasCome() {
    StoredJob job = open(TERMS);
    UploadReport first = new UploadReport(1, 0, 5, 1, 2, 3, 4, 7);
    UploadReport second = new UploadReport(2, 15, 1, 0, 0, 0, 0, 3_000_000_000L);

    add(job, first, print(1));
    add(job, second, print(2));

    UploadProgress progress = UploadProgress.NONE.after(first, 2).after(second, 2);
    assertThat(locked(job).orElseThrow().progress()).isEqualTo(progress);
    assertThat(uploads().nextSequence(job.id())).hasValue(3);
    UploadedChunk kept = uploads().chunk(job.id(), 1).orElseThrow();
    assertThat(kept.report()).isEqualTo(first);
    assertThat(kept.fingerprint()).isEqualTo(print(1));
    assertThat(uploads().chunk(job.id(), 2).orElseThrow().report()).isEqualTo(second);
    assertThat(uploads().chunk(job.id(), 3)).isEmpty();
    assertThat(uploads().chunk(open(TERMS).id(), 1)).isEmpty();
  }

  @Test
  void takesNoSequenceTwice() {
    StoredJob job = open(TERMS);
    UploadReport report = new UploadReport(1, 0, 2, 0, 0, 0, 0, 2);
    add(job, report, print(1));

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() ->
                    uploads()
                        .add(job.id(), UploadProgress.NONE.after(report, 1), report, print(1))))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void forgetsAChunkWhoseTransactionWasRolledBack() {
    StoredJob job = open(TERMS);
    UUID key = UUID.randomUUID();

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  uploads().claim(job.id(), List.of(key));
                  UploadReport report = new UploadReport(1, 0, 1, 0, 0, 0, 0, 1);
                  uploads().add(job.id(), UploadProgress.NONE.after(report, 1), report, print(1));
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(locked(job).orElseThrow().progress()).isEqualTo(UploadProgress.NONE);
    assertThat(uploads().chunk(job.id(), 1)).isEmpty();
    assertThat(claim(job, key)).isEmpty();
  }

  @Test
  void claimsAKeyOnceForEachJob() {
    StoredJob job = open(TERMS);
    UUID low = new UUID(0, 0);
    UUID high = new UUID(-1, -1);
    UUID one = UUID.randomUUID();

    assertThat(claim(job)).isEmpty();
    assertThat(claim(job, low, one)).isEmpty();
    assertThat(claim(job, one, high)).containsExactly(one);
    assertThat(claim(job, high, low, one)).containsExactlyInAnyOrder(low, one, high);
    assertThat(claim(open(TERMS), low, one, high)).isEmpty();
  }

  @Test
  void claimsManyKeysAsAListWould() {
    StoredJob job = open(TERMS);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Set<UUID> known = new HashSet<>();
    for (int page = 0; page < 20; page++) {
      Set<UUID> keys = new HashSet<>();
      while (keys.size() < 500) {
        keys.add(new UUID(0, random.nextInt(8_000)));
      }
      Set<UUID> repeated = new HashSet<>(keys);
      repeated.retainAll(known);
      assertThat(claim(job, keys.toArray(UUID[]::new))).as("seed %d", seed).isEqualTo(repeated);
      known.addAll(keys);
    }
  }

  @Test
  void givesAJobTheNameAndTheTimesThatItStartsWith() {
    StoredJob job = open(TERMS);
    DispatchPlan given = found(job).submission().plan();
    Instant sendTime = CREATED.plus(Duration.ofHours(5));
    Instant deadline = CREATED.plus(Duration.ofHours(50));
    DispatchPlan plan =
        new DispatchPlan(
            sendTime,
            deadline,
            given.window(),
            given.ratePerSecond(),
            given.misfire(),
            given.unknown(),
            given.failurePercent());

    ports().transactions().run(() -> uploads().prepare(job.id(), "SMS to 3 recipients", plan));

    assertThat(found(job).submission().name()).isEqualTo("SMS to 3 recipients");
    assertThat(found(job).submission().plan()).isEqualTo(plan);
    ports()
        .transactions()
        .run(() -> uploads().prepare(job.id(), "at once", DispatchPlan.atOnce(deadline)));
    assertThat(found(job).submission().plan().sendTime()).isNull();
  }

  @Test
  void findsTheJobsThatHaveBeenOpenForLong() {
    StoredJob second = open(TERMS, CREATED.minusSeconds(5));
    StoredJob first = open(TERMS, CREATED.minusSeconds(10));
    StoredJob third = open(TERMS, CREATED);
    StoredJob started = open(TERMS, CREATED.minusSeconds(20));
    move(started.id(), JobTransition.SUBMIT, CREATED);

    assertThat(openedBefore(CREATED)).containsExactly(first.id(), second.id());
    assertThat(uploads().openedBefore(CREATED, 1)).hasSize(1);
    assertThat(openedBefore(CREATED.plusMillis(1)))
        .containsExactly(first.id(), second.id(), third.id());
  }

  @Test
  void forgetsWhatAnUploadNeededPageByPageWhenItIsOver() {
    StoredJob open = open(TERMS);
    StoredJob over = open(TERMS);
    List<UUID> keys = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      keys.add(UUID.randomUUID());
    }
    UUID[] all = keys.toArray(UUID[]::new);
    for (StoredJob job : List.of(open, over)) {
      claim(job, all);
      add(job, new UploadReport(1, 0, 25, 0, 0, 0, 0, 25), print(1));
    }
    while (forget(EVERYTHING) > 0) {
      // what other tests have left
    }

    move(over.id(), JobTransition.SUBMIT, NOW);
    assertThat(uploads().nextSequence(over.id())).isEmpty();
    List<Integer> pages = new ArrayList<>();
    for (int gone = forget(10); gone > 0; gone = forget(10)) {
      pages.add(gone);
    }

    assertThat(pages.stream().mapToInt(Integer::intValue).sum()).isEqualTo(26);
    assertThat(pages).hasSize(3);
    assertThat(locked(over)).isEmpty();
    assertThat(uploads().chunk(over.id(), 1)).isEmpty();
    assertThat(claim(over, all)).isEmpty();
    assertThat(uploads().chunk(open.id(), 1)).isPresent();
    assertThat(claim(open, all)).hasSize(25);
  }

  @Test
  void letsChunksOfOneUploadTakeTurns() throws InterruptedException {
    assumeTrue(ports().concurrent());
    StoredJob job = open(TERMS);
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);

    Background<Boolean> first =
        Background.start(() ->
            ports()
                .transactions()
                .inTransaction(() -> {
                  UploadProgress progress = lock(job);
                  holding.countDown();
                  await(goOn);
                  next(job, progress);
                  return true;
                }));
    assertThat(holding.await(20, TimeUnit.SECONDS)).isTrue();
    Background<Integer> second =
        Background.start(
            () -> ports().transactions().inTransaction(() -> lock(job).nextSequence()));
    goOn.countDown();

    assertThat(first.result()).isTrue();
    assertThat(second.result()).isEqualTo(2);
  }

  @Test
  void seesWhatManyAtATimeHaveUploaded() {
    assumeTrue(ports().concurrent());
    StoredJob job = open(TERMS);

    Background.together(
        8,
        () -> {
          for (int i = 0; i < 5; i++) {
            ports().transactions().run(() -> next(job, lock(job)));
          }
          return true;
        });

    assertThat(locked(job).orElseThrow().progress()).isEqualTo(new UploadProgress(41, 40, 40, 40));
  }

  private Uploads uploads() {
    return ports().uploads();
  }

  private UploadProgress lock(StoredJob job) {
    return uploads().lock(scope(), job.bulkId()).orElseThrow().progress();
  }

  private void next(StoredJob job, UploadProgress progress) {
    UploadReport report =
        new UploadReport(progress.nextSequence(), progress.messages(), 1, 0, 0, 0, 0, 1);
    ports().jobs().grow(job.id(), 0, 1, Bill.free("USD"));
    uploads().add(job.id(), progress.after(report, 1), report, print(1));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private StoredJob open(Terms terms) {
    return open(terms, CREATED);
  }

  private StoredJob open(Terms terms, Instant at) {
    JobFixture nobody = anSmsJob().inStatus(JobStatus.OPEN).createdAt(at);
    StoredJob job = store(nobody);
    ports().transactions().run(() -> uploads().open(job.id(), terms));
    return job;
  }

  /// Of those that this test has made.
  private List<JobId> openedBefore(Instant time) {
    return uploads().openedBefore(time, EVERYTHING).stream()
        .filter(id -> ports().jobs().findAll(List.of(id)).getFirst().scope().equals(scope()))
        .toList();
  }

  private Optional<Upload> locked(StoredJob job) {
    return locked(scope(), job.bulkId());
  }

  private Optional<Upload> locked(Scope owner, BulkId bulkId) {
    return ports().transactions().inTransaction(() -> uploads().lock(owner, bulkId));
  }

  private void add(StoredJob job, UploadReport report, byte[] fingerprint) {
    ports()
        .transactions()
        .run(() -> uploads().add(job.id(), lock(job).after(report, 2), report, fingerprint));
  }

  private Set<UUID> claim(StoredJob job, UUID... keys) {
    return ports()
        .transactions()
        .inTransaction(() -> uploads().claim(job.id(), Arrays.asList(keys)));
  }

  private static byte[] print(int of) {
    byte[] print = new byte[32];
    Arrays.fill(print, (byte) of);
    return print;
  }
}
