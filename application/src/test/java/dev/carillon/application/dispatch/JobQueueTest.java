package dev.carillon.application.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.NoLimits;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.Priority;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How often the queue reads its list: every node does, all the time.
class JobQueueTest {
  /// Longer than the list is taken for fresh, shorter than until it is old.
  private static final Duration SOON = Duration.ofMillis(25);

  private static final Duration LATER = Duration.ofMillis(250);
  private static final JobId UNKNOWN = new JobId(77);
  private static final JobId OTHER = new JobId(78);

  private final House house = new House(ScriptedCarrier.withWindow(1));
  private final AtomicInteger reads = new AtomicInteger();
  private final JobQueue queue =
      new JobQueue(
          counting(house.store.jobs()),
          new CarrierCircuits(house.store.jobs(), house.carriers, new NoLimits()),
          house.clock,
          2,
          Duration.ZERO);

  @BeforeEach
  void readForTheFirstTime() {
    look();
    reads.set(0);
  }

  @Test
  void readsSoonerForAJobThatItDoesNotKnow() {
    queue.changed(UNKNOWN);
    house.pass(SOON);
    look();

    assertThat(reads).hasValue(1);
  }

  @Test
  void readsSoonerOnlyOnceForAJobThatIsNotFound() {
    for (int times = 0; times < 8; times++) {
      queue.changed(UNKNOWN);
      house.pass(SOON);
      look();
    }
    assertThat(reads).hasValue(1);

    queue.changed(OTHER);
    house.pass(SOON);
    look();

    assertThat(reads).hasValue(2);
  }

  /// So that a worker that is kept for what is urgent sleeps while others are at work.
  @Test
  void saysWhetherAChangeMayBeAboutSomethingUrgent() {
    assertThat(queue.mayHaveUrgent()).isFalse();
    assertThat(queue.changed(UNKNOWN)).isTrue();
    assertThat(queue.mayHaveUrgent()).isTrue();
    house.pass(SOON);
    look();
    assertThat(queue.mayHaveUrgent()).isFalse();
    assertThat(queue.changed(UNKNOWN)).as("it may be ready now").isTrue();
    assertThat(queue.mayHaveUrgent()).isTrue();
    JobId normal = stored(Priority.NORMAL);
    house.pass(LATER);
    look();

    assertThat(queue.mayHaveUrgent()).isFalse();
    assertThat(queue.changed(normal)).isFalse();
  }

  @Test
  void asksForALookAsLongAsSomethingUrgentIsThere() {
    JobId urgent = stored(Priority.URGENT);
    house.pass(LATER);

    JobAtWork job = queue.enter(true).orElseThrow();

    assertThat(job.id()).isEqualTo(urgent);
    assertThat(queue.changed(urgent)).isTrue();
    assertThat(queue.mayHaveUrgent()).isTrue();
  }

  @Test
  void readsWhatHasGrownOldAndThenSoonerAgain() {
    queue.changed(UNKNOWN);
    house.pass(LATER);
    look();
    queue.changed(UNKNOWN);
    house.pass(SOON);
    look();

    assertThat(reads).hasValue(2);
  }

  private JobId stored(Priority priority) {
    return house.stored(JobFixture.anSmsJob().to(1).at(priority)).id();
  }

  /// As a worker that is kept for what is urgent does, for whom there is nothing.
  private void look() {
    assertThat(queue.enter(true)).isEmpty();
  }

  private BulkJobRepository counting(BulkJobRepository real) {
    return (BulkJobRepository)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BulkJobRepository.class},
            (_, method, values) -> {
              if (method.getName().equals("atWork")) {
                reads.incrementAndGet();
              }
              try {
                return method.invoke(real, values);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }
}
