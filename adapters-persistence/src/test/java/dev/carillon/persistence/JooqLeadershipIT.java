package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.Leadership;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqLeadershipIT {
  private static final Duration LONG = Duration.ofHours(1);

  @AutoClose private final TestDatabase database = TestDatabase.create();
  private final Leadership leadership = database.database().forEngine().leadership();

  @Test
  void oneNodeHoldsADutyAndKeepsIt() {
    assertThat(leadership.holds("one", "a", LONG)).isTrue();
    assertThat(leadership.holds("one", "b", LONG)).isFalse();
    assertThat(leadership.holds("one", "a", LONG)).isTrue();
    assertThat(leadership.holds("other", "b", LONG)).isTrue();
  }

  @Test
  void anotherFollowsOneThatHasNotAskedForSoLong() {
    assertThat(leadership.holds("lapsing", "a", Duration.ofMillis(1))).isTrue();

    Await.until("the lapsed duty", () -> leadership.holds("lapsing", "b", LONG));

    assertThat(leadership.holds("lapsing", "a", LONG)).isFalse();
  }

  @Test
  void anotherFollowsOneThatResignsButNobodyResignsForAnother() {
    leadership.holds("resigning", "a", LONG);
    leadership.resign("resigning", "b");
    assertThat(leadership.holds("resigning", "b", LONG)).isFalse();

    leadership.resign("resigning", "a");

    assertThat(leadership.holds("resigning", "b", LONG)).isTrue();
  }

  @Test
  void ofManyThatAskAtOnceOneHoldsIt() {
    AtomicInteger nodes = new AtomicInteger();

    List<Boolean> held =
        Background.together(
            8, () -> leadership.holds("wanted", "node-" + nodes.incrementAndGet(), LONG));

    assertThat(held).containsOnlyOnce(true);
  }
}
