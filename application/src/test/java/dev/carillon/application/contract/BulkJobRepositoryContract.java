package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.aWhatsAppJob;
import static dev.carillon.application.fixture.JobFixture.anEmailJob;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.BulkJobRepository.JobStanding;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.domain.template.TemplateRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of jobs keeps.
public abstract class BulkJobRepositoryContract extends StoreContract {
  private static final int MANY = 1_000;

  @Test
  void findsAJobAsItWasInserted() {
    BulkId parent = store(anSmsJob().to(1)).bulkId();
    for (JobFixture fixture : List.of(anSmsJob(), aWhatsAppJob(), anEmailJob())) {
      fixture
          .to(3)
          .named("Größe \"5\" ☃ 😀")
          .labelled("team", "growth")
          .labelled("", "it's")
          .at(Priority.URGENT)
          .retrying(parent);
      NewBulkJob expected = fixture.newJob(scope());
      StoredJob stored = store(fixture);

      BulkJob found = found(stored);

      assertThat(found.id()).isEqualTo(stored.id());
      assertThat(found.bulkId()).isEqualTo(stored.bulkId());
      assertThat(found.scope()).isEqualTo(scope());
      assertThat(found.submission()).isEqualTo(expected.submission());
      assertThat(found.billing()).isEqualTo(JobBilling.free("USD", expected.parts()));
      assertThat(found.life())
          .isEqualTo(
              new BulkJob.Life(JobStatus.PENDING, null, null, CREATED, null, null, CREATED, null));
    }
  }

  @Test
  void showsTheTemplateThatAJobWasMadeOf() {
    TemplateRef template = new TemplateRef(new TemplateId(new UUID(0x7000, 17)), 3);
    StoredJob made = store(anSmsJob().to(1).madeOf(template));

    assertThat(found(made).submission().template()).isEqualTo(template);
    assertThat(found(store(anSmsJob().to(1))).submission().template()).isNull();
  }

  @Test
  void countsWhatTheChunksHold() {
    StoredJob job =
        store(
            anSmsJob()
                .to(6)
                .leavingOut(Reason.INVALID_DESTINATION, Reason.MISSING_VARIABLE, Reason.DUPLICATE)
                .leavingOut(Reason.SUPPRESSED, Reason.NO_ADDRESS));

    assertThat(counters(job))
        .satisfies(counters -> {
          assertThat(counters.total()).isEqualTo(11);
          assertThat(counters.pending()).isEqualTo(6);
          assertThat(counters.queued()).isZero();
          assertThat(counters.invalid()).isEqualTo(2);
          assertThat(counters.duplicate()).isEqualTo(1);
          assertThat(counters.suppressed()).isEqualTo(1);
          assertThat(counters.noAddress()).isEqualTo(1);
        });
  }

  @Test
  void countsWhatWaitsAsQueuedOnceTheJobHasStarted() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(3));

    assertThat(counters(job).pending()).isZero();
    assertThat(counters(job).queued()).isEqualTo(3);
    assertThat(ports().jobs().counters(job.id())).isEqualTo(counters(job));
  }

  @Test
  void countsWithinATransactionWhatItHasJustWritten() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(3));

    long sent =
        ports()
            .transactions()
            .inTransaction(() -> {
              change(
                  job.chunk(0),
                  chunk -> {
                    chunk.move(1, MessageTransition.MARK);
                    chunk.move(1, MessageTransition.ACCEPT);
                  });
              return ports().jobs().counters(job.id()).sent();
            });

    assertThat(sent).isEqualTo(1);
  }

  @Test
  void findsNothingOfAnotherScope() {
    StoredJob job = store(anSmsJob().to(1));
    Scope stranger = ports().newScope().get();

    assertThat(ports().jobs().find(stranger, job.bulkId())).isEmpty();
    assertThat(ports().jobs().find(testScope(), job.bulkId())).isEmpty();
    assertThat(ports().jobs().list(stranger, JobFilter.ALL, PageRequest.first()).items()).isEmpty();
    assertThat(ports().jobs().list(testScope(), JobFilter.ALL, PageRequest.first()).totalSize())
        .isZero();
  }

  @Test
  void keepsTheJobsOfTestAndLiveApart() {
    StoredJob live = store(anSmsJob().to(1));
    StoredJob test = store(anSmsJob().to(1), testScope());

    assertThat(listed(scope(), JobFilter.ALL)).containsExactly(live.bulkId());
    assertThat(listed(testScope(), JobFilter.ALL)).containsExactly(test.bulkId());
  }

  @Test
  void findsSeveralByNumberAndLeavesOutTheMissing() {
    StoredJob one = store(anSmsJob().to(1));
    StoredJob other = store(anSmsJob().to(1), ports().newScope().get());

    List<BulkJob> found =
        ports().jobs().findAll(List.of(one.id(), other.id(), new JobId(Long.MAX_VALUE), one.id()));

    assertThat(found).containsExactlyInAnyOrder(found(one), found(other));
    assertThat(ports().jobs().findAll(List.of())).isEmpty();
  }

  @Test
  void tellsDispatchWhatItNeeds() {
    for (JobFixture fixture : List.of(anSmsJob(), aWhatsAppJob(), anEmailJob())) {
      Composition composition = new Composition(ContentSyntax.MUSTACHE, Map.of("city", "Harare"));
      fixture.at(Priority.URGENT).until(NOW.plusSeconds(60)).onUnknown(UnknownPolicy.RESEND);
      fixture.composed(composition);
      StoredJob job = store(fixture.to(1).by("smpp-1"));

      assertThat(ports().jobs().dispatchJob(job.id()))
          .contains(
              new DispatchJob(
                  scope(),
                  fixture.newJob(scope()).content(),
                  composition,
                  new CarrierId("smpp-1"),
                  Priority.URGENT,
                  NOW.plusSeconds(60),
                  UnknownPolicy.RESEND));
    }
    assertThat(ports().jobs().dispatchJob(new JobId(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void listsNewestFirst() {
    List<BulkId> made = storeSeveral(3);

    assertThat(listed(scope(), JobFilter.ALL)).containsExactlyElementsOf(made.reversed());
  }

  @Test
  void pagesThroughAllJobsOnceEach() {
    List<BulkId> newestFirst = storeSeveral(7).reversed();
    List<BulkId> seen = new ArrayList<>();
    OptionalLong after = OptionalLong.empty();
    do {
      Page<BulkJob> page =
          ports().jobs().list(scope(), JobFilter.ALL, new PageRequest(3, 0, after));
      assertThat(page.totalSize()).isEqualTo(7);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
      page.items().forEach(job -> seen.add(job.bulkId()));
      after = page.next();
    } while (after.isPresent() && seen.size() < MANY);

    assertThat(seen).containsExactlyElementsOf(newestFirst);
  }

  @Test
  void givesNoCursorAfterAPageThatTheListFillsExactly() {
    storeSeveral(4);

    Page<BulkJob> first =
        ports().jobs().list(scope(), JobFilter.ALL, new PageRequest(2, 0, OptionalLong.empty()));
    Page<BulkJob> second =
        ports().jobs().list(scope(), JobFilter.ALL, new PageRequest(2, 0, first.next()));

    assertThat(first.next()).isPresent();
    assertThat(second.items()).hasSize(2);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void keepsItsPlaceWhenNewJobsComeBetweenTwoPages() {
    List<BulkId> newestFirst = storeSeveral(4).reversed();
    Page<BulkJob> first =
        ports().jobs().list(scope(), JobFilter.ALL, new PageRequest(2, 0, OptionalLong.empty()));
    store(anSmsJob().to(1).createdAt(CREATED.plusSeconds(60)));

    Page<BulkJob> second =
        ports().jobs().list(scope(), JobFilter.ALL, new PageRequest(2, 0, first.next()));

    assertThat(second.items().stream().map(BulkJob::bulkId))
        .containsExactlyElementsOf(newestFirst.subList(2, 4));
  }

  @Test
  void skipsFromTheStartAndFromACursor() {
    List<BulkId> newestFirst = storeSeveral(6).reversed();

    Page<BulkJob> first =
        ports().jobs().list(scope(), JobFilter.ALL, new PageRequest(2, 1, OptionalLong.empty()));
    Page<BulkJob> second =
        ports().jobs().list(scope(), JobFilter.ALL, new PageRequest(2, 1, first.next()));
    Page<BulkJob> beyond =
        ports().jobs().list(scope(), JobFilter.ALL, new PageRequest(2, 10, OptionalLong.empty()));

    assertThat(first.items().stream().map(BulkJob::bulkId))
        .containsExactlyElementsOf(newestFirst.subList(1, 3));
    assertThat(second.items().stream().map(BulkJob::bulkId))
        .containsExactlyElementsOf(newestFirst.subList(4, 6));
    assertThat(beyond.items()).isEmpty();
    assertThat(beyond.totalSize()).isEqualTo(6);
    assertThat(beyond.next()).isEmpty();
  }

  @Test
  void filtersByAnySetOfStatuses() {
    Map<JobStatus, BulkId> made = new EnumMap<>(JobStatus.class);
    for (JobStatus status : JobStatus.values()) {
      made.put(status, storeAt(status, anSmsJob().to(1)).bulkId());
    }
    for (JobStatus status : JobStatus.values()) {
      assertThat(listed(scope(), statuses(Set.of(status)))).containsExactly(made.get(status));
    }
    Set<JobStatus> ends = EnumSet.of(JobStatus.COMPLETED, JobStatus.PARTIAL, JobStatus.FAILED);
    assertThat(listed(scope(), statuses(ends)))
        .containsExactlyInAnyOrderElementsOf(ends.stream().map(made::get).toList());
  }

  @Test
  void filtersTheFailedByTheirErrorAndOthersNot() {
    BulkId broken = broken().bulkId();
    BulkId failed = storeAt(JobStatus.FAILED, anSmsJob().to(1)).bulkId();
    BulkId pending = store(anSmsJob().to(1)).bulkId();

    assertThat(listed(scope(), errors(JobError.ALL_MESSAGES_FAILED)))
        .containsExactlyInAnyOrder(failed, pending);
    assertThat(listed(scope(), errors(JobError.SYSTEM_ERROR)))
        .containsExactlyInAnyOrder(broken, pending);
  }

  @Test
  void filtersByChannelAndByAllLabelsGiven() {
    BulkId sms =
        store(anSmsJob().to(1).labelled("team", "growth").labelled("year", "2026")).bulkId();
    BulkId mail = store(anEmailJob().to(1).labelled("team", "growth")).bulkId();
    store(aWhatsAppJob().to(1).labelled("team", "other"));

    assertThat(listed(scope(), channel(Channel.EMAIL))).containsExactly(mail);
    assertThat(listed(scope(), labels(Map.of("team", "growth")))).containsExactly(mail, sms);
    assertThat(listed(scope(), labels(Map.of("team", "growth", "year", "2026"))))
        .containsExactly(sms);
    assertThat(listed(scope(), labels(Map.of("team", "growth", "year", "2025")))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(JobTransition.class)
  void movesFromItsSourcesOnlyAndElseChangesNothing(JobTransition transition) {
    for (JobStatus status : JobStatus.values()) {
      StoredJob job = storeAt(status, anSmsJob().to(1));
      BulkJob before = found(job);

      boolean moved =
          ports()
              .transactions()
              .inTransaction(
                  () -> ports().jobs().move(job.id(), transition, error(transition), NOW));

      assertThat(moved).as("%s from %s", transition, status).isEqualTo(transition.allows(status));
      if (moved) {
        checkMoved(before, transition, found(job));
      } else {
        assertThat(found(job)).as("%s from %s", transition, status).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(JobStatus.class)
  void cancelsWithinItsScopeByTheSameTable(JobStatus status) {
    StoredJob job = storeAt(status, anSmsJob().to(1));
    BulkJob before = found(job);

    boolean moved =
        ports().jobs().move(scope(), job.bulkId(), JobTransition.CANCEL, NOW).isPresent();

    assertThat(moved).isEqualTo(JobTransition.CANCEL.allows(status));
    assertThat(found(job).status()).isEqualTo(moved ? JobStatus.CANCELLING : before.status());
  }

  @Test
  void movesNothingOfAnotherScope() {
    StoredJob job = store(anSmsJob().to(1));
    BulkJob before = found(job);
    Scope stranger = ports().newScope().get();

    assertThat(ports().jobs().move(stranger, job.bulkId(), JobTransition.CANCEL, NOW)).isEmpty();
    assertThat(ports().jobs().move(testScope(), job.bulkId(), JobTransition.CANCEL, NOW)).isEmpty();
    assertThat(found(job)).isEqualTo(before);
  }

  @Test
  void tellsWhichJobMoved() {
    StoredJob job = store(anSmsJob().to(1));

    assertThat(ports().jobs().move(scope(), job.bulkId(), JobTransition.CANCEL, NOW))
        .contains(job.id());
  }

  @Test
  void keepsTheFirstStartThroughPauseAndResume() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    Instant started = found(job).life().startedAt();

    move(job.id(), JobTransition.PAUSE, NOW);
    move(job.id(), JobTransition.RESUME, NOW.plusSeconds(1));

    assertThat(started).isNotNull();
    assertThat(found(job).life().startedAt()).isEqualTo(started);
  }

  @Test
  void letsOneOfManyMakeAMove() {
    StoredJob job = store(anSmsJob().to(1));

    List<Boolean> moved =
        Background.together(
            20,
            () ->
                ports().jobs().move(scope(), job.bulkId(), JobTransition.CANCEL, NOW).isPresent());

    assertThat(moved).containsOnlyOnce(true);
  }

  @Test
  void countsOpenChunksDownToTheLast() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(6).chunksOf(2));

    List<JobStanding> standings = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      standings.add(closeChunk(job));
    }

    assertThat(standings)
        .containsExactly(
            new JobStanding(scope(), job.bulkId(), JobStatus.PROCESSING, false, 2),
            new JobStanding(scope(), job.bulkId(), JobStatus.PROCESSING, false, 1),
            new JobStanding(scope(), job.bulkId(), JobStatus.PROCESSING, false, 0));
  }

  @Test
  void letsOneOfManyCloseTheLastChunk() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(20).chunksOf(1));

    List<Integer> open = Background.together(20, () -> closeChunk(job).openChunks());

    assertThat(open).doesNotHaveDuplicates().contains(0);
  }

  @Test
  void tellsWhereALockedJobStands() {
    StoredJob job = storeAt(JobStatus.CANCELLING, anSmsJob().to(6).chunksOf(4));

    JobStanding standing =
        ports().transactions().inTransaction(() -> ports().jobs().lock(job.id()));

    assertThat(standing)
        .isEqualTo(new JobStanding(scope(), job.bulkId(), JobStatus.CANCELLING, false, 2));
  }

  @Test
  void makesOthersWaitForALockedJob() {
    assumeTrue(ports().concurrent());
    StoredJob job = store(anSmsJob().to(1));
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Background<JobStatus> holder =
        Background.start(() ->
            ports()
                .transactions()
                .inTransaction(() -> {
                  ports().jobs().lock(job.id());
                  locked.countDown();
                  awaitQuietly(go);
                  ports().jobs().move(job.id(), JobTransition.BEGIN, null, NOW);
                  return JobStatus.PROCESSING;
                }));
    awaitQuietly(locked);
    Background<JobStatus> other =
        Background.start(() ->
            ports().transactions().inTransaction(() -> ports().jobs().lock(job.id()).status()));
    go.countDown();

    assertThat(holder.result()).isEqualTo(JobStatus.PROCESSING);
    assertThat(other.result()).isEqualTo(JobStatus.PROCESSING);
  }

  @Test
  void settlesOnce() {
    StoredJob job = storeAt(JobStatus.PARTIAL, anSmsJob().to(1));
    long version = found(job).version();

    boolean first = settle(job, NOW);
    boolean second = settle(job, NOW.plusSeconds(5));

    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(found(job).life().settledAt()).isEqualTo(NOW);
    assertThat(found(job).version()).isGreaterThan(version);
  }

  @Test
  void growsTheVersionWithEveryChange() {
    StoredJob job = store(anSmsJob().to(8).chunksOf(4));
    List<Long> versions = new ArrayList<>(List.of(found(job).version()));

    move(job.id(), JobTransition.BEGIN, NOW);
    versions.add(found(job).version());
    change(job.chunk(0), chunk -> chunk.move(0, MessageTransition.MARK));
    versions.add(found(job).version());
    change(job.chunk(1), chunk -> chunk.move(5, MessageTransition.MARK));
    versions.add(found(job).version());
    closeChunk(job);
    move(job.id(), JobTransition.CANCEL, NOW);
    versions.add(found(job).version());

    assertThat(versions).isSorted().doesNotHaveDuplicates();
  }

  private static void checkMoved(BulkJob before, JobTransition transition, BulkJob after) {
    JobStatus target = transition.target();
    BulkJob.Life life = before.life();
    boolean starts = target == JobStatus.PROCESSING && life.startedAt() == null;
    boolean ends = target.isEnd() && !transition.isCorrection();
    assertThat(after.life())
        .as("%s from %s", transition, before.status())
        .isEqualTo(
            new BulkJob.Life(
                target,
                error(transition),
                target == JobStatus.PAUSED ? PauseReason.OWNER : null,
                life.createdAt(),
                starts ? NOW : life.startedAt(),
                ends ? NOW : life.endedAt(),
                NOW,
                life.settledAt()));
    assertThat(after.version()).isGreaterThan(before.version());
    assertThat(after.submission()).isEqualTo(before.submission());
  }

  private List<BulkId> storeSeveral(int count) {
    List<BulkId> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(store(anSmsJob().to(1).createdAt(CREATED.plusSeconds(i))).bulkId());
    }
    return made;
  }

  private StoredJob broken() {
    StoredJob job = store(anSmsJob().to(1));
    move(job.id(), JobTransition.BEGIN, NOW);
    ports()
        .transactions()
        .run(() ->
            assertThat(
                    ports()
                        .jobs()
                        .move(job.id(), JobTransition.END_FAILED, JobError.SYSTEM_ERROR, NOW))
                .isTrue());
    return job;
  }

  private List<BulkId> listed(Scope owner, JobFilter filter) {
    Page<BulkJob> page =
        ports().jobs().list(owner, filter, new PageRequest(MANY, 0, OptionalLong.empty()));
    assertThat(page.totalSize()).isEqualTo(page.items().size());
    return page.items().stream().map(BulkJob::bulkId).toList();
  }

  private JobStanding closeChunk(StoredJob job) {
    return ports()
        .transactions()
        .inTransaction(() -> ports().jobs().closeChunk(job.id(), Movement.NONE, NOW));
  }

  private boolean settle(StoredJob job, Instant at) {
    return ports().transactions().inTransaction(() -> ports().jobs().settle(job.id(), at));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private static JobFilter statuses(Set<JobStatus> statuses) {
    return new JobFilter(statuses, Set.of(), null, Map.of());
  }

  private static JobFilter errors(JobError error) {
    return new JobFilter(Set.of(), Set.of(error), null, Map.of());
  }

  private static JobFilter channel(Channel channel) {
    return new JobFilter(Set.of(), Set.of(), channel, Map.of());
  }

  private static JobFilter labels(Map<String, String> labels) {
    return new JobFilter(Set.of(), Set.of(), null, labels);
  }
}
