package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.Lease;
import dev.carillon.application.port.NextChunk;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of chunks keeps about who gets which chunk when: due times, prolonged leases,
/// lapsed ones, and what is in doubt.
public abstract class ChunkQueueContract extends StoreContract {
  private static final int MANY = 1_000;
  private static final Instant LATER = NOW.plusSeconds(90);

  @Test
  void tellsWhenTheFirstOfItsChunksIsDue() {
    StoredJob job = store(anSmsJob().to(3).chunksOf(1));
    defer(job.chunk(0), LATER.plusSeconds(60));
    defer(job.chunk(1), LATER);
    defer(job.chunk(2), LATER.plusSeconds(30));

    assertThat(next(job, NOW)).isEqualTo(new NextChunk.Later(LATER));
    assertThat(lease(job, LATER, LONG)).contains(job.chunk(1));
  }

  @Test
  void findsTheLivingLeasesOfAnOwnerOnly() {
    StoredJob job = store(anSmsJob().to(3).chunksOf(1));
    WorkerId other = new WorkerId("another");
    change(job.chunk(0), new LeaseChange.Take(WORKER, LONG), _ -> {});
    change(job.chunk(1), new LeaseChange.Take(other, LONG), _ -> {});
    change(job.chunk(2), new LeaseChange.Take(other, LONG), _ -> {});
    change(job.chunk(2), new LeaseChange.Release(NOW, Map.of()), _ -> {});

    List<ChunkKey> held =
        ports()
            .transactions()
            .inTransaction(() ->
                ports().chunks().lockHeldBy(job.id(), other).stream()
                    .map(locked -> locked.chunk().key())
                    .toList());

    assertThat(held).containsExactly(job.chunk(1));
  }

  @Test
  void makesDeferredChunksDueAndLeavesLeasedOnesAlone() {
    StoredJob job = store(anSmsJob().to(2).chunksOf(1));
    StoredJob other = store(anSmsJob().to(1));
    lease(job, NOW, LONG);
    defer(job.chunk(1), LATER);
    defer(other.chunk(0), LATER);

    ports().chunks().makeDue(job.id(), NOW.plusSeconds(1));

    assertThat(lease(job, NOW, LONG)).isEmpty();
    assertThat(lease(job, NOW.plusSeconds(1), LONG)).contains(job.chunk(1));
    assertThat(next(other, NOW.plusSeconds(1))).isEqualTo(new NextChunk.Later(LATER));
  }

  @Test
  void tellsWhenTheFirstLeaseEnds() {
    StoredJob job = store(anSmsJob().to(2).chunksOf(1));
    lease(job, NOW, LONG);
    lease(job, NOW, LONG.plusHours(1));

    assertThat(next(job, NOW))
        .isInstanceOfSatisfying(
            NextChunk.Later.class,
            later ->
                assertThat(later.notBefore())
                    .isBetween(NOW.plus(LONG).minusSeconds(120), NOW.plus(LONG)));
  }

  @Test
  void doesNotLetADeferredChunkHideBehindALease() {
    StoredJob job = store(anSmsJob().to(1));
    defer(job.chunk(0), LATER);
    change(job.chunk(0), new LeaseChange.Take(WORKER, SHORT), _ -> {});
    Await.until("the lease lapses", () -> !look(job.chunk(0)).leased());

    assertThat(next(job, NOW)).isEqualTo(new NextChunk.Later(LATER));
  }

  @Test
  void asksAgainForAChunkThatAnotherHasLocked() {
    assumeTrue(ports().concurrent());
    StoredJob job = store(anSmsJob().to(1));

    NextChunk other =
        ports()
            .transactions()
            .inTransaction(() -> {
              ports().chunks().lock(List.of(job.chunk(0)));
              return Background.start(() -> next(job, NOW)).result();
            });

    assertThat(other)
        .isInstanceOfSatisfying(
            NextChunk.Later.class,
            later -> assertThat(later.notBefore()).isBetween(NOW, NOW.plusSeconds(5)));
  }

  @Test
  void doesNotWaitWithWhatIsOnlyToBeSwept() {
    StoredJob cancelled = deferred(anSmsJob().to(1));
    StoredJob broken = deferred(anSmsJob().to(1));
    StoredJob old = deferred(anSmsJob().to(1).until(NOW.plusSeconds(5)));
    move(cancelled.id(), JobTransition.CANCEL, NOW);
    ports().jobs().markBroken(broken.id(), NOW);

    assertThat(lease(cancelled, NOW, LONG)).contains(cancelled.chunk(0));
    assertThat(lease(broken, NOW, LONG)).contains(broken.chunk(0));
    assertThat(lease(old, NOW.plusSeconds(4), LONG)).isEmpty();
    assertThat(lease(old, NOW.plusSeconds(5), LONG)).contains(old.chunk(0));
  }

  @Test
  void passesOverALeasedChunkEvenWhenItIsToBeSwept() {
    StoredJob job = deferred(anSmsJob().to(1));
    change(job.chunk(0), new LeaseChange.Take(WORKER, LONG), _ -> {});
    move(job.id(), JobTransition.CANCEL, NOW);

    assertThat(next(job, NOW)).isInstanceOf(NextChunk.Later.class);
  }

  @Test
  void tellsTheTermsOfTheJobWithEachChunk() {
    StoredJob job = store(anSmsJob().to(1).until(LATER).onUnknown(UnknownPolicy.RESEND));

    assertThat(look(job.chunk(0)).terms().status()).isEqualTo(JobStatus.PENDING);
    assertThat(look(job.chunk(0)).terms().broken()).isFalse();
    assertThat(look(job.chunk(0)).terms().deadline()).isEqualTo(LATER);
    assertThat(look(job.chunk(0)).terms().unknown()).isEqualTo(UnknownPolicy.RESEND);

    move(job.id(), JobTransition.BEGIN, NOW);
    ports().jobs().markBroken(job.id(), NOW);
    assertThat(look(job.chunk(0)).terms().status()).isEqualTo(JobStatus.PROCESSING);
    assertThat(look(job.chunk(0)).terms().broken()).isTrue();
  }

  @Test
  void handsDueTimesOutWithTheNextLeaseAndKeepsThemInCaseItLapses() {
    StoredJob job = store(anSmsJob().to(6).chunksOf(6));
    Map<Integer, Instant> due = Map.of(1, LATER, 4, LATER.plusMillis(7), 5, NOW);
    lease(job, NOW, LONG);
    change(job.chunk(0), new LeaseChange.Release(NOW, due), _ -> {});

    assertThat(look(job.chunk(0)).dueTimes()).isEqualTo(due);
    assertThat(next(job, NOW))
        .isInstanceOfSatisfying(
            NextChunk.Ready.class, ready -> assertThat(ready.chunk().dueTimes()).isEqualTo(due));

    lease(job, NOW, LONG);
    assertThat(look(job.chunk(0)).dueTimes()).isEqualTo(due);
  }

  @Test
  void keepsDueTimesThroughWhatOthersWrite() {
    StoredJob job = store(anSmsJob().to(2));
    Map<Integer, Instant> due = Map.of(1, LATER);
    change(job.chunk(0), new LeaseChange.Release(NOW, due), _ -> {});

    change(job.chunk(0), chunk -> chunk.move(0, MessageTransition.CANCEL));

    assertThat(look(job.chunk(0)).dueTimes()).isEqualTo(due);
  }

  @Test
  void replacesDueTimesByThoseOfTheLastRelease() {
    StoredJob job = store(anSmsJob().to(2));
    change(job.chunk(0), new LeaseChange.Release(NOW, Map.of(0, LATER, 1, LATER)), _ -> {});

    change(job.chunk(0), new LeaseChange.Release(NOW, Map.of(1, NOW)), _ -> {});
    assertThat(look(job.chunk(0)).dueTimes()).isEqualTo(Map.of(1, NOW));

    change(job.chunk(0), AT_ONCE, _ -> {});
    assertThat(look(job.chunk(0)).dueTimes()).isEmpty();
  }

  @Test
  void prolongsALivingLeaseOfTheSameFenceAndNothingElse() {
    StoredJob job = store(anSmsJob().to(2).chunksOf(1));
    lease(job, NOW, Duration.ofSeconds(5));
    lease(job, NOW, SHORT.multipliedBy(10));
    long version = found(job).version();
    Map<ChunkKey, Lease> leases =
        Map.of(
            job.chunk(0), new Lease(WORKER, 1), new ChunkKey(job.id(), 77), new Lease(WORKER, 1));

    assertThat(ports().chunks().prolong(leases, LONG)).containsExactly(job.chunk(0));
    Await.until("a lease that was not prolonged lapses", () -> !look(job.chunk(1)).leased());

    assertThat(look(job.chunk(0)).leased()).isTrue();
    assertThat(look(job.chunk(0)).fence()).isEqualTo(1);
    assertThat(found(job).version()).isEqualTo(version);
  }

  @Test
  void prolongsNoLeaseOfAnotherFence() {
    StoredJob job = store(anSmsJob().to(1));
    lease(job, NOW, SHORT);
    Await.until("the lease lapses", () -> !look(job.chunk(0)).leased());
    lease(job, NOW, SHORT.multipliedBy(3));

    assertThat(ports().chunks().prolong(Map.of(job.chunk(0), new Lease(WORKER, 1)), LONG))
        .isEmpty();
    Await.until("the second lease lapses too", () -> !look(job.chunk(0)).leased());
  }

  @Test
  void wakesNoLapsedLease() {
    StoredJob job = store(anSmsJob().to(1));
    lease(job, NOW, SHORT);
    Await.until("the lease lapses", () -> !look(job.chunk(0)).leased());

    assertThat(ports().chunks().prolong(Map.of(job.chunk(0), new Lease(WORKER, 1)), LONG))
        .isEmpty();
    assertThat(look(job.chunk(0)).leased()).isFalse();
  }

  @Test
  void prolongsNothingWhenNothingIsNamed() {
    assertThat(ports().chunks().prolong(Map.of(), LONG)).isEmpty();
  }

  @Test
  void doesNotWaitForALockedChunkToProlongItsLease() {
    assumeTrue(ports().concurrent());
    StoredJob job = store(anSmsJob().to(2).chunksOf(1));
    lease(job, NOW, LONG);
    lease(job, NOW, LONG);
    Map<ChunkKey, Lease> leases =
        Map.of(job.chunk(0), new Lease(WORKER, 1), job.chunk(1), new Lease(WORKER, 1));

    Set<ChunkKey> prolonged =
        ports()
            .transactions()
            .inTransaction(() -> {
              ports().chunks().lock(List.of(job.chunk(0)));
              return Background.start(() -> ports().chunks().prolong(leases, LONG)).result();
            });

    assertThat(prolonged).containsExactly(job.chunk(1));
  }

  @Test
  void findsLapsedLeasesOfPausedJobsOnly() {
    StoredJob paused = storeAt(JobStatus.PROCESSING, anSmsJob().to(3).chunksOf(1));
    StoredJob running = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    lease(paused, NOW, LONG);
    lease(paused, NOW, SHORT);
    lease(running, NOW, SHORT);
    move(paused.id(), JobTransition.PAUSE, NOW);
    Await.until("the lease lapses", () -> !look(paused.chunk(1)).leased());
    Await.until("the other lapses too", () -> !look(running.chunk(0)).leased());

    assertThat(ports().chunks().lapsed(MANY)).containsExactly(paused.chunk(1));
    assertThat(ports().chunks().lapsed(0)).isEmpty();

    change(paused.chunk(1), AT_ONCE, _ -> {});
    assertThat(ports().chunks().lapsed(MANY)).isEmpty();
  }

  @Test
  void findsWhatIsInDoubtInTheChunksOfAJob() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(8).chunksOf(2));
    doubt(job, 1);
    doubt(job, 4);
    change(
        job.chunk(3),
        chunk -> {
          chunk.move(6, MessageTransition.MARK);
          chunk.move(6, MessageTransition.LOSE_ANSWER);
          chunk.move(6, MessageTransition.MARK_AGAIN);
          chunk.move(6, MessageTransition.LOSE_RESEND);
        });
    change(job.chunk(1), chunk -> chunk.moveAll(MessageTransition.MARK));

    assertThat(ports().chunks().inDoubt(job.id(), -1, MANY))
        .containsExactly(job.chunk(0), job.chunk(2), job.chunk(3));
    assertThat(ports().chunks().inDoubt(job.id(), 0, 1)).containsExactly(job.chunk(2));
    assertThat(ports().chunks().inDoubt(job.id(), 3, MANY)).isEmpty();
    assertThat(ports().chunks().inDoubt(new JobId(Long.MAX_VALUE), -1, MANY)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(UnknownPolicy.class)
  void findsClosedChunksInDoubtByPolicy(UnknownPolicy policy) {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(6).chunksOf(2).onUnknown(policy));
    doubt(job, 0);
    doubt(job, 2);
    doubt(job, 4);
    close(job.chunk(0));
    close(job.chunk(2));

    for (UnknownPolicy asked : UnknownPolicy.values()) {
      assertThat(inDoubt(asked, Instant.MAX, null, job))
          .isEqualTo(asked == policy ? List.of(job.chunk(0), job.chunk(2)) : List.of());
    }
    assertThat(inDoubt(policy, Instant.MAX, job.chunk(0), job)).containsExactly(job.chunk(2));
    assertThat(inDoubt(policy, Instant.MAX, job.chunk(2), job)).isEmpty();
    assertThat(inDoubt(policy, Instant.EPOCH, null, job)).isEmpty();
  }

  @Test
  void findsNothingInDoubtInWhatHasSettled() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(2));
    doubt(job, 0);
    close(job.chunk(0));
    assertThat(inDoubt(UnknownPolicy.HOLD, Instant.MAX, null, job)).containsExactly(job.chunk(0));

    ports().transactions().run(() -> ports().jobs().settle(job.id(), NOW));

    assertThat(inDoubt(UnknownPolicy.HOLD, Instant.MAX, null, job)).isEmpty();
  }

  private List<ChunkKey> inDoubt(
      UnknownPolicy policy, Instant before, @Nullable ChunkKey after, StoredJob job) {
    Instant bounded = before.equals(Instant.MAX) ? NOW.plus(Duration.ofDays(36_500)) : before;
    Predicate<ChunkKey> own = key -> key.job().equals(job.id());
    return ports().chunks().inDoubt(policy, bounded, after, MANY).stream().filter(own).toList();
  }

  private void doubt(StoredJob job, int position) {
    change(
        job.ref(position).chunkKey(),
        chunk -> {
          chunk.move(position, MessageTransition.MARK);
          chunk.move(position, MessageTransition.LOSE_ANSWER);
        });
  }

  private StoredJob deferred(JobFixture fixture) {
    StoredJob job = storeAt(JobStatus.PROCESSING, fixture);
    defer(job.chunk(0), LATER);
    return job;
  }

  private void defer(ChunkKey key, Instant due) {
    change(key, new LeaseChange.Release(due, Map.of()), _ -> {});
  }

  private NextChunk next(StoredJob job, Instant now) {
    return ports().transactions().inTransaction(() -> ports().chunks().lockNext(job.id(), now));
  }
}
