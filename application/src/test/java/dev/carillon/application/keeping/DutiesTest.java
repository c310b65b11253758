package dev.carillon.application.keeping;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.port.Leadership;
import dev.carillon.application.port.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DutiesTest {
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final House house = new House(ScriptedCarrier.withWindow(1));
  private final AtomicInteger left = new AtomicInteger();
  private final List<String> done = new ArrayList<>();

  @Test
  void oneOfTwoNodesDoesADuty() {
    Duties one = node("one");
    Duties two = node("two");

    one.handle();
    two.handle();
    house.pass(PERIOD);
    two.handle();
    one.handle();

    assertThat(done).containsExactly("one", "one");
  }

  @Test
  void aLeaderAsksTheStoreOnlyWhenAThirdOfItsTimeIsOver() {
    AtomicInteger asked = new AtomicInteger();
    Leadership counted =
        new Leadership() {
          @Override
          public boolean holds(String duty, String node, Duration time) {
            asked.incrementAndGet();
            return house.store.leadership().holds(duty, node, time);
          }

          @Override
          public void resign(String duty, String node) {
            house.store.leadership().resign(duty, node);
          }
        };
    Duties one = new Duties(counted, "one", house.clock, List.of(duty("one", TICK)));

    for (int tick = 0; tick < 15; tick++) {
      one.handle();
      house.pass(TICK);
    }

    assertThat(done).hasSize(15);
    assertThat(asked).hasValue(3);
  }

  @Test
  void goesOnAtOnceWhenItsClockIsSetBack() {
    Duties one = node("one");
    one.handle();
    house.pass(Duration.ofHours(-1));

    one.handle();

    assertThat(done).containsExactly("one", "one");
  }

  @Test
  void anotherNodeFollowsOneThatDied() {
    Duties one = node("one");
    Duties two = node("two");
    one.handle();
    two.handle();
    house.pass(PERIOD.multipliedBy(3));
    two.handle();

    assertThat(done).containsExactly("one", "two");
  }

  @Test
  void anotherNodeFollowsAtOnceOneThatResigned() {
    Duties one = node("one");
    one.handle();
    one.resign();

    node("two").handle();

    assertThat(done).containsExactly("one", "two");
  }

  @Test
  void repeatsADutyAtOnceWhileItFindsSomethingToDo() {
    Duties one = node("one");
    left.set(2);

    assertThat(one.handle()).isEqualTo(1);
    assertThat(one.handle()).isEqualTo(1);
    assertThat(one.handle()).isZero();
    assertThat(one.handle()).isZero();

    assertThat(done).hasSize(3);
  }

  @Test
  void aFailingDutyKeepsNoOtherFromBeingDone() {
    Duties duties =
        new Duties(
            house.store.leadership(),
            "one",
            house.clock,
            List.of(
                new Duty(
                    "broken",
                    PERIOD,
                    () -> {
                      throw new IllegalStateException("a bug");
                    }),
                duty("one")));

    assertThatThrownBy(duties::handle).hasMessage("a bug");

    assertThat(done).containsExactly("one");
  }

  @Test
  void tidiesUpWhatWasKeptLongEnough() {
    Kept kept = new Kept();
    TidyUp tidyUp =
        new TidyUp(kept, house.clock, new TidyUp.Settings(Duration.ofDays(7), Duration.ofDays(90)));

    assertThat(tidyUp.handle()).isEqualTo(3 + 4 + 6 + 2 + 5 + 1);
    assertThat(kept.calls)
        .containsExactly(
            "prepare",
            "requests before " + CREATED.minus(Duration.ofDays(7)),
            "uploads",
            "quotas before " + CREATED.minus(Duration.ofDays(7)),
            "jobs before " + CREATED.minus(Duration.ofDays(90)),
            "erasures before " + CREATED.minus(Duration.ofDays(90)),
            "free before " + CREATED.minus(Duration.ofDays(90)));
  }

  @Test
  void keepsJobsForEverIfNoTimeIsSet() {
    Kept kept = new Kept();
    TidyUp tidyUp =
        new TidyUp(kept, house.clock, new TidyUp.Settings(Duration.ofDays(7), Duration.ZERO));

    assertThat(tidyUp.handle()).isEqualTo(3 + 4 + 6);
    assertThat(kept.calls).hasSize(4);
  }

  private Duties node(String name) {
    return new Duties(house.store.leadership(), name, house.clock, List.of(duty(name)));
  }

  private Duty duty(String node) {
    return duty(node, PERIOD);
  }

  private Duty duty(String node, Duration period) {
    return new Duty(
        "sweeping",
        period,
        () -> {
          done.add(node);
          return left.getAndUpdate(more -> Math.max(0, more - 1)) > 0 ? 1 : 0;
        });
  }

  private static final class Kept implements Retention {
    private final List<String> calls = new ArrayList<>();

    @Override
    public int prepare() {
      calls.add("prepare");
      return 8;
    }

    @Override
    public int forgetRequests(Instant before, int limit) {
      calls.add("requests before " + before);
      return 3;
    }

    @Override
    public int forgetUploads(int limit) {
      calls.add("uploads");
      return 4;
    }

    @Override
    public int forgetQuotas(Instant before, int limit) {
      calls.add("quotas before " + before);
      return 6;
    }

    @Override
    public int forgetErasures(Instant endedBefore, int limit) {
      calls.add("erasures before " + endedBefore);
      return 5;
    }

    @Override
    public int makeSearchable() {
      throw new AssertionError("nobody asked for it");
    }

    @Override
    public int forgetJobs(Instant settledBefore, int limit) {
      calls.add("jobs before " + settledBefore);
      return 2;
    }

    @Override
    public boolean free(Instant settledBefore) {
      calls.add("free before " + settledBefore);
      return true;
    }
  }
}
