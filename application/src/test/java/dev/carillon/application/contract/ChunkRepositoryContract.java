package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.NextChunk;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store of chunks keeps.
public abstract class ChunkRepositoryContract extends StoreContract {

  @Test
  void leasesTheLowestChunkFirst() {
    StoredJob job = store(anSmsJob().to(6).chunksOf(2));
    StoredJob other = store(anSmsJob().to(1).at(Priority.URGENT));

    assertThat(leaseAll(job)).containsExactly(job.chunk(0), job.chunk(1), job.chunk(2));
    assertThat(leaseAll(other)).containsExactly(other.chunk(0));
  }

  @Test
  void tellsThatAJobHasNoOpenChunk() {
    StoredJob job = store(anSmsJob().to(2).chunksOf(1));
    close(job.chunk(0));
    close(job.chunk(1));

    assertThat(next(job.id(), NOW)).isEqualTo(new NextChunk.None());
    assertThat(next(new JobId(Long.MAX_VALUE), NOW)).isEqualTo(new NextChunk.None());
  }

  @Test
  void passesOverALeasedChunkUntilItsLeaseLapses() {
    StoredJob job = store(anSmsJob().to(2).chunksOf(1));

    assertThat(lease(job, NOW, LONG)).contains(job.chunk(0));
    assertThat(lease(job, NOW, SHORT)).contains(job.chunk(1));
    Await.until("the lease lapses", () -> !look(job.chunk(1)).leased());

    assertThat(look(job.chunk(0)).leased()).isTrue();
    assertThat(lease(job, NOW, LONG)).contains(job.chunk(1));
    assertThat(lease(job, NOW, LONG)).isEmpty();
  }

  @Test
  void leasesByTheStoresClockAndNotByBusinessTime() {
    StoredJob job = store(anSmsJob().to(1));
    lease(job, NOW, LONG);

    assertThat(lease(job, NOW.plus(Duration.ofDays(2)), LONG)).isEmpty();
    assertThat(look(job.chunk(0)).leased()).isTrue();
  }

  @Test
  void prolongsALeaseFromNow() {
    StoredJob prolonged = store(anSmsJob().to(1));
    StoredJob witness = store(anSmsJob().to(1));
    lease(prolonged, NOW, Duration.ofSeconds(5));
    change(prolonged.chunk(0), new LeaseChange.Prolong(SHORT), _ -> {});

    Await.until("the shortened lease lapses", () -> !look(prolonged.chunk(0)).leased());
    change(prolonged.chunk(0), new LeaseChange.Prolong(LONG), _ -> {});
    change(witness.chunk(0), new LeaseChange.Take(WORKER, SHORT), _ -> {});
    Await.until("a later and shorter lease lapses", () -> !look(witness.chunk(0)).leased());

    assertThat(look(prolonged.chunk(0)).leased()).isTrue();
  }

  @Test
  void keepsALeaseAndItsDueTimeWhenAskedTo() {
    StoredJob leased = store(anSmsJob().to(1));
    StoredJob waiting = store(anSmsJob().to(1));
    change(leased.chunk(0), new LeaseChange.Take(WORKER, LONG), _ -> {});
    change(waiting.chunk(0), new LeaseChange.Release(NOW.plusSeconds(9), Map.of()), _ -> {});

    change(leased.chunk(0), new LeaseChange.Keep(), _ -> {});
    change(waiting.chunk(0), new LeaseChange.Keep(), _ -> {});

    assertThat(look(leased.chunk(0)).leased()).isTrue();
    assertThat(lease(waiting, NOW, LONG)).isEmpty();
    assertThat(lease(waiting, NOW.plusSeconds(9), LONG)).contains(waiting.chunk(0));
  }

  @Test
  void leasesAReleasedChunkAgainWhenItIsDue() {
    StoredJob job = store(anSmsJob().to(1));
    lease(job, NOW, LONG);
    change(job.chunk(0), new LeaseChange.Release(NOW.plusSeconds(30), Map.of()), _ -> {});

    assertThat(look(job.chunk(0)).leased()).isFalse();
    assertThat(lease(job, NOW.plusMillis(29_999), LONG)).isEmpty();
    assertThat(lease(job, NOW.plusSeconds(30), LONG)).contains(job.chunk(0));
  }

  @Test
  void leasesAChunkReleasedWithoutADueTimeAtOnce() {
    StoredJob job = store(anSmsJob().to(1));
    lease(job, NOW, LONG);
    change(job.chunk(0), AT_ONCE, _ -> {});

    assertThat(lease(job, NOW, LONG)).contains(job.chunk(0));
  }

  @Test
  void growsTheFenceWithEveryLeaseAndOnlyThen() {
    StoredJob job = store(anSmsJob().to(1));
    assertThat(look(job.chunk(0)).fence()).isZero();

    List<Long> fences = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      lease(job, NOW, LONG);
      fences.add(look(job.chunk(0)).fence());
      change(job.chunk(0), new LeaseChange.Prolong(LONG), _ -> {});
      change(job.chunk(0), AT_ONCE, _ -> {});
      assertThat(look(job.chunk(0)).fence()).isEqualTo(fences.getLast());
    }

    assertThat(fences).containsExactly(1L, 2L, 3L);
  }

  @Test
  void leasesAClosedChunkNeverAgain() {
    StoredJob job = store(anSmsJob().to(4).chunksOf(2));
    close(job.chunk(0));

    assertThat(leaseAll(job)).containsExactly(job.chunk(1));
    assertThat(look(job.chunk(0)).open()).isFalse();
    assertThat(look(job.chunk(1)).open()).isTrue();
  }

  @Test
  void closesChunksWithNothingToSendWhenTheyAreInserted() {
    StoredJob job =
        store(
            anSmsJob().leavingOut(Reason.DUPLICATE, Reason.INVALID_DESTINATION).to(2).chunksOf(2));

    assertThat(look(job.chunk(0)).open()).isFalse();
    assertThat(ports().chunks().open(job.id(), -1, 10)).containsExactly(job.chunk(1));
    assertThat(leaseAll(job)).containsExactly(job.chunk(1));
  }

  @Test
  void leasesWhatWaitsInACancelledJobAtOnce() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    change(job.chunk(0), new LeaseChange.Release(NOW.plusSeconds(900), Map.of()), _ -> {});
    assertThat(lease(job, NOW, LONG)).isEmpty();

    move(job.id(), JobTransition.CANCEL, NOW);

    assertThat(lease(job, NOW, LONG)).contains(job.chunk(0));
  }

  @Test
  void locksInTheOrderOfKeysAndLeavesOutTheMissing() {
    StoredJob one = store(anSmsJob().to(6).chunksOf(2));
    StoredJob other = store(anSmsJob().to(2).chunksOf(2));

    List<ChunkKey> locked =
        ports()
            .transactions()
            .inTransaction(() ->
                ports()
                    .chunks()
                    .lock(
                        List.of(
                            other.chunk(0),
                            one.chunk(2),
                            new ChunkKey(new JobId(Long.MAX_VALUE), 0),
                            one.chunk(9),
                            one.chunk(0))))
            .stream()
            .map(chunk -> chunk.chunk().key())
            .toList();

    assertThat(locked).containsExactly(one.chunk(0), one.chunk(2), other.chunk(0));
  }

  @Test
  void locksNothingWhenNothingIsNamed() {
    assertThat(ports().transactions().inTransaction(() -> ports().chunks().lock(List.of())))
        .isEmpty();
  }

  @Test
  void givesBackWhatWasSaved() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(6).chunksOf(3));
    change(
        job.chunk(1),
        chunk -> {
          chunk.move(3, MessageTransition.MARK);
          chunk.move(3, MessageTransition.RETRY);
          chunk.move(3, MessageTransition.MARK);
          chunk.move(4, MessageTransition.MARK);
          chunk.move(4, MessageTransition.LOSE_ANSWER);
          chunk.move(5, MessageTransition.CANCEL);
        });

    Chunk chunk = look(job.chunk(1)).chunk();

    assertThat(chunk.key()).isEqualTo(job.chunk(1));
    assertThat(chunk.first()).isEqualTo(3);
    assertThat(chunk.size()).isEqualTo(3);
    assertThat(chunk.retries()).isEqualTo(1);
    assertThat(IntStream.range(3, 6).mapToObj(chunk::state))
        .containsExactly(MessageState.IN_FLIGHT, MessageState.UNKNOWN, MessageState.CANCELLED);
    assertThat(IntStream.range(3, 6).mapToObj(chunk::attempts)).containsExactly(2, 1, 0);
  }

  @Test
  void keepsWhichCarrierAMessageWasMarkedFor() {
    StoredJob job = store(anSmsJob().to(8).chunksOf(4));
    assertThat(look(job.chunk(0)).chunk().routes()).isNull();

    change(
        job.chunk(1),
        chunk -> {
          chunk.assign(5, 255);
          chunk.assign(7, 1);
        });

    Chunk saved = look(job.chunk(1)).chunk();
    assertThat(IntStream.range(4, 8).map(saved::carrier)).containsExactly(0, 255, 0, 1);
    assertThat(look(job.chunk(0)).chunk().routes()).isNull();
    assertThat(ports().transactions().inTransaction(() -> ports().chunks().lock(keys(job))))
        .extracting(locked -> locked.chunk().routes())
        .containsExactly(null, new byte[] {0, (byte) 255, 0, 1});
    assertThat(ports().chunks().billed(job.id(), -1, 2))
        .extracting(billed -> billed.chunk().routes())
        .containsExactly(null, new byte[] {0, (byte) 255, 0, 1});

    change(job.chunk(1), chunk -> chunk.assign(5, 0));
    assertThat(look(job.chunk(1)).chunk().carrier(5)).isZero();
    assertThat(look(job.chunk(1)).chunk().carrier(7)).isEqualTo(1);
  }

  @Test
  void countsEveryStateThatWasSaved() {
    MessageState[] states = MessageState.values();
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(states.length).chunksOf(50));
    change(job.chunk(0), ChunkRepositoryContract::spread);

    Chunk saved = look(job.chunk(0)).chunk();

    assertThat(counters(job)).isEqualTo(saved.tally().counters(true, saved.retries()));
    assertThat(counters(job).sent()).isEqualTo(1);
    assertThat(counters(job).read()).isEqualTo(1);
    assertThat(counters(job).unknown()).isEqualTo(1);
    assertThat(counters(job).expired()).isEqualTo(1);
    assertThat(counters(job).total()).isEqualTo(states.length);
  }

  @Test
  void savesSeveralChunksAtOnce() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(40).chunksOf(2));
    ports()
        .transactions()
        .run(() -> {
          List<LockedChunk> locked =
              ports().chunks().lock(IntStream.range(0, 20).mapToObj(job::chunk).toList());
          locked.forEach(chunk -> chunk.chunk().moveAll(MessageTransition.CANCEL));
          ports()
              .chunks()
              .save(
                  locked.stream()
                      .map(chunk ->
                          new ChunkChange(
                              chunk.chunk(),
                              AT_ONCE,
                              chunk.chunk().key().number() % 2 == 0,
                              Map.of()))
                      .toList());
        });

    assertThat(counters(job).cancelled()).isEqualTo(40);
    assertThat(ports().chunks().open(job.id(), -1, 100))
        .containsExactlyElementsOf(
            IntStream.range(0, 20).filter(n -> n % 2 == 1).mapToObj(job::chunk).toList());
  }

  @Test
  void forgetsALeaseWhoseTransactionFailed() {
    StoredJob job = store(anSmsJob().to(1));

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  assertThat(lease(job, NOW, LONG)).contains(job.chunk(0));
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(look(job.chunk(0)).leased()).isFalse();
    assertThat(lease(job, NOW, LONG)).contains(job.chunk(0));
    assertThat(look(job.chunk(0)).fence()).isEqualTo(1);
  }

  @Test
  void pagesThroughTheOpenChunks() {
    StoredJob job = store(anSmsJob().to(12).chunksOf(2));
    close(job.chunk(1));

    assertThat(ports().chunks().open(job.id(), -1, 3))
        .containsExactly(job.chunk(0), job.chunk(2), job.chunk(3));
    assertThat(ports().chunks().open(job.id(), 3, 3)).containsExactly(job.chunk(4), job.chunk(5));
    assertThat(ports().chunks().open(job.id(), 5, 3)).isEmpty();
    assertThat(ports().chunks().open(new JobId(Long.MAX_VALUE), -1, 3)).isEmpty();
  }

  @Test
  void givesEachChunkToOneOfManyWorkers() {
    StoredJob job = store(anSmsJob().to(20).chunksOf(1));

    List<Optional<ChunkKey>> leased = Background.together(20, () -> lease(job, NOW, LONG));
    List<ChunkKey> taken = new ArrayList<>(leased.stream().flatMap(Optional::stream).toList());
    taken.addAll(leaseAll(job));

    assertThat(taken)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20).mapToObj(job::chunk).toList());
  }

  @Test
  void passesOverWhatAnotherTransactionHasLocked() {
    assumeTrue(ports().concurrent());
    StoredJob job = store(anSmsJob().to(2).chunksOf(1));

    Optional<ChunkKey> other =
        ports()
            .transactions()
            .inTransaction(() -> {
              ports().chunks().lock(List.of(job.chunk(0)));
              return Background.start(() -> lease(job, NOW, LONG)).result();
            });

    assertThat(other).contains(job.chunk(1));
  }

  @Test
  void losesNoChangeOfManyAtTheSameChunk() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(20).chunksOf(20));
    List<Integer> positions = new ArrayList<>(IntStream.range(0, 20).boxed().toList());

    Background.together(
        20,
        () -> {
          int position;
          synchronized (positions) {
            position = positions.removeLast();
          }
          change(job.chunk(0), chunk -> chunk.move(position, MessageTransition.CANCEL));
          return position;
        });

    assertThat(counters(job).cancelled()).isEqualTo(20);
  }

  private List<ChunkKey> leaseAll(StoredJob job) {
    List<ChunkKey> leased = new ArrayList<>();
    Optional<ChunkKey> next = lease(job, NOW, LONG);
    while (next.isPresent()) {
      leased.add(next.get());
      next = lease(job, NOW, LONG);
    }
    return leased;
  }

  private NextChunk next(JobId job, Instant now) {
    return ports().transactions().inTransaction(() -> ports().chunks().lockNext(job, now));
  }

  /// Brings the messages of a chunk to as many different states as moves lead to.
  private static List<ChunkKey> keys(StoredJob job) {
    return List.of(job.chunk(0), job.chunk(1));
  }

  private static void spread(Chunk chunk) {
    int position = chunk.first();
    for (MessageTransition transition : MessageTransition.values()) {
      if (transition.sources().contains(MessageState.QUEUED)
          && transition != MessageTransition.MARK) {
        chunk.move(position++, transition);
      }
    }
    for (MessageTransition transition :
        List.of(
            MessageTransition.ACCEPT,
            MessageTransition.DELIVER,
            MessageTransition.CONFIRM_READ,
            MessageTransition.FAIL_DELIVERY,
            MessageTransition.FAIL,
            MessageTransition.LOSE_ANSWER)) {
      chunk.move(position, MessageTransition.MARK);
      chunk.move(position++, transition);
    }
    chunk.move(position, MessageTransition.MARK);
  }
}
