package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.Leadership;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every election keeps.
public abstract class LeadershipContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(60);

  private String duty = "";

  @BeforeEach
  void takeANewName() {
    duty = "duty-" + UUID.randomUUID();
  }

  /// The election, as one node sees it.
  protected abstract Leadership leadership();

  @Test
  void electsOneAndKeepsIt() {
    assertThat(leadership().holds(duty, "a", LONG)).isTrue();
    assertThat(leadership().holds(duty, "b", LONG)).isFalse();
    assertThat(leadership().holds(duty, "a", LONG)).isTrue();
  }

  @Test
  void keepsDutiesApart() {
    assertThat(leadership().holds(duty, "a", LONG)).isTrue();
    assertThat(leadership().holds(duty + "2", "b", LONG)).isTrue();
    assertThat(leadership().holds(duty, "b", LONG)).isFalse();
  }

  @Test
  void letsAnotherTakeOverWhenTheHolderDoesNotAskForSoLong() {
    leadership().holds(duty, "a", SHORT);

    Await.until("another takes over", () -> leadership().holds(duty, "b", LONG));

    assertThat(leadership().holds(duty, "a", LONG)).isFalse();
  }

  @Test
  void holdsFromTheLatestAsking() {
    leadership().holds(duty, "a", SHORT);
    leadership().holds(duty, "a", LONG);
    leadership().holds(duty + "2", "a", SHORT.multipliedBy(2));
    Await.until("a shorter one has passed", () -> leadership().holds(duty + "2", "b", LONG));

    assertThat(leadership().holds(duty, "b", LONG)).isFalse();
  }

  @Test
  void letsAnotherTakeOverAtOnceWhenTheHolderResigns() {
    leadership().holds(duty, "a", LONG);

    leadership().resign(duty, "a");

    assertThat(leadership().holds(duty, "b", LONG)).isTrue();
  }

  @Test
  void letsNobodyResignForAnother() {
    leadership().holds(duty, "a", LONG);

    leadership().resign(duty, "b");
    leadership().resign(duty + "2", "b");

    assertThat(leadership().holds(duty, "b", LONG)).isFalse();
  }

  @Test
  void electsOneOfManyThatAskAtTheSameTime() {
    AtomicInteger node = new AtomicInteger();

    List<Boolean> held =
        Background.together(
            10, () -> leadership().holds(duty, "node-" + node.incrementAndGet(), LONG));

    assertThat(held).containsOnlyOnce(true);
  }
}
