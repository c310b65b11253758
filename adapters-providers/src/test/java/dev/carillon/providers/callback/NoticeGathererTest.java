package dev.carillon.providers.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NoticeGathererTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RecordingNotices sink = new RecordingNotices();
  private final NoticeGatherer gatherer = new NoticeGatherer(sink, PATIENCE);

  @Test
  void storesWhatOneCallerBringsAtOnce() {
    List<Notice> brought = Tellings.delivered("a", 3);
    gatherer.record(brought);

    assertThat(sink.notices()).isEqualTo(brought);
    assertThat(sink.calls()).containsExactly(3);
  }

  @Test
  void gathersWhatComesWhileItStores() throws Exception {
    CountDownLatch storing = new CountDownLatch(1);
    sink.first(_ -> await(storing));
    List<FutureTask<Void>> callers = new ArrayList<>(List.of(bring("first", 1)));
    sink.awaitCalls(1);
    IntStream.range(0, 50).forEach(i -> callers.add(bring("more" + i + "-", 2)));
    awaitWaiting(51);
    storing.countDown();
    for (FutureTask<Void> caller : callers) {
      caller.get(30, TimeUnit.SECONDS);
    }

    assertThat(sink.notices()).hasSize(101).doesNotHaveDuplicates();
    assertThat(sink.calls()).containsExactly(1, 100);
  }

  @Test
  void neverStoresMoreAtOnceThanIsAllowed() throws Exception {
    CountDownLatch storing = new CountDownLatch(1);
    sink.first(_ -> await(storing));
    List<FutureTask<Void>> callers = new ArrayList<>(List.of(bring("first", 1)));
    sink.awaitCalls(1);
    IntStream.range(0, 5).forEach(i -> callers.add(bring("many" + i + "-", 1_500)));
    callers.add(bring("too-many-", 4_500));
    storing.countDown();
    for (FutureTask<Void> caller : callers) {
      caller.get(30, TimeUnit.SECONDS);
    }

    assertThat(sink.notices()).hasSize(1 + 7_500 + 4_500).doesNotHaveDuplicates();
    assertThat(sink.calls()).allMatch(size -> size <= NoticeSink.MOST);
  }

  @Test
  void aPoisonedBatchFailsOnlyForWhoBroughtThePoison() throws Exception {
    Notice poison = Tellings.delivered("poison");
    CountDownLatch storing = new CountDownLatch(1);
    sink.first(batch -> {
      await(storing);
      if (batch.contains(poison)) {
        throw new IllegalStateException("poison");
      }
    });
    FutureTask<Void> first = bring("first", 1);
    sink.awaitCalls(1);
    FutureTask<Void> good = bring("good", 2);
    FutureTask<Void> bad = bring(List.of(poison));
    FutureTask<Void> alsoGood = bring("also", 2);
    awaitWaiting(4);
    storing.countDown();

    first.get(30, TimeUnit.SECONDS);
    good.get(30, TimeUnit.SECONDS);
    alsoGood.get(30, TimeUnit.SECONDS);
    assertThat(catchThrowable(() -> bad.get(30, TimeUnit.SECONDS)))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(sink.notices()).hasSize(5).doesNotContain(poison);
  }

  @Test
  void tellsEveryCallerWhenTheStoreIsAwayAndGoesOnAfterwards() throws Exception {
    CountDownLatch storing = new CountDownLatch(1);
    sink.first(_ -> {
      await(storing);
      throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(7)));
    });
    FutureTask<Void> first = bring("a", 1);
    sink.awaitCalls(1);
    FutureTask<Void> second = bring("b", 1);
    FutureTask<Void> third = bring("c", 1);
    awaitWaiting(3);
    storing.countDown();

    for (FutureTask<Void> caller : List.of(first, second, third)) {
      assertThat(catchThrowable(() -> caller.get(30, TimeUnit.SECONDS)))
          .hasRootCauseInstanceOf(DomainException.class);
    }
    assertThat(sink.calls()).containsExactly(1, 2);
    sink.first(_ -> {});
    gatherer.record(Tellings.delivered("d", 1));
    assertThat(sink.notices()).hasSize(1);
  }

  @Test
  void neverThanksForWhatAnErrorKeptFromBeingStored() {
    sink.first(_ -> {
      throw new OutOfMemoryError("scripted");
    });

    assertThatThrownBy(() -> gatherer.record(Tellings.delivered("a", 1)))
        .isInstanceOf(OutOfMemoryError.class);
    sink.first(_ -> {});
    gatherer.record(Tellings.delivered("b", 1));
    assertThat(sink.notices()).hasSize(1);
  }

  @Test
  void aCallerWaitsOnlySoLong() throws Exception {
    NoticeGatherer impatient = new NoticeGatherer(sink, Duration.ofMillis(50));
    CountDownLatch storing = new CountDownLatch(1);
    sink.first(_ -> await(storing));
    FutureTask<Void> first =
        new FutureTask<>(() -> {
          impatient.record(Tellings.delivered("a", 1));
          return null;
        });
    Thread.ofVirtual().start(first);
    sink.awaitCalls(1);

    assertThatThrownBy(() -> impatient.record(Tellings.delivered("b", 1)))
        .isInstanceOf(DomainException.class);
    storing.countDown();
    first.get(30, TimeUnit.SECONDS);
    assertThat(sink.notices()).hasSize(1);
  }

  private final List<Thread> threads = new ArrayList<>();

  private FutureTask<Void> bring(String prefix, int count) {
    return bring(Tellings.delivered(prefix, count));
  }

  private FutureTask<Void> bring(List<Notice> notices) {
    FutureTask<Void> caller =
        new FutureTask<>(() -> {
          gatherer.record(notices);
          return null;
        });
    threads.add(Thread.ofPlatform().daemon().start(caller));
    return caller;
  }

  private void awaitWaiting(int count) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() ->
            threads.stream()
                    .filter(thread ->
                        thread.getState() == Thread.State.TIMED_WAITING
                            || thread.getState() == Thread.State.WAITING)
                    .count()
                >= count);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
