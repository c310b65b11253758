package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.Permits;
import dev.carillon.application.port.Permits.Grant;
import dev.carillon.application.port.Permits.Limit;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What everything keeps that shares rate limits, by a clock of its own.
public abstract class PermitsContract {
  private static final Duration WINDOW = Duration.ofMillis(600);

  private String key = "";

  @BeforeEach
  void takeANewName() {
    key = "test:" + UUID.randomUUID();
  }

  /// The same permits as two nodes have them.
  protected abstract List<Permits> nodes();

  @Test
  void givesNoMoreThanTheRateOverAWindow() {
    Limit limit = new Limit(key, 200);
    List<Permits> nodes = nodes();
    long start = System.nanoTime();
    long given = 0;
    for (int turn = 0; System.nanoTime() - start < WINDOW.toNanos(); turn++) {
      given += nodes.get(turn % nodes.size()).take(List.of(limit), 50, false).permits();
      Thread.onSpinWait();
    }
    double seconds = (System.nanoTime() - start) / 1e9;

    assertThat((double) given).isBetween(200 * seconds * 0.8, 200 * (seconds + 0.2) + 1);
  }

  @Test
  void savesUpAFifthOfASecondAtMost() {
    assertThat(takeAll(new Limit(key, 100), 5_000)).isBetween(1, 20 + 10);
    assertThat(takeAll(new Limit(key + "b", 2), 5_000)).isEqualTo(1);
  }

  @Test
  void givesNoMoreThanWanted() {
    assertThat(permits().take(List.of(new Limit(key, 1e6)), 7, false).permits()).isEqualTo(7);
    assertThat(permits().take(List.of(new Limit(key, 1e6)), 0, false).permits()).isZero();
    assertThat(permits().take(List.of(), 9, false).permits()).isEqualTo(9);
  }

  @Test
  void saysWhenThereWillBeSome() {
    Limit limit = new Limit(key, 2);
    takeAll(limit, 100);

    Grant grant = permits().take(List.of(limit), 1, false);

    assertThat(grant.permits()).isZero();
    assertThat(grant.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofMillis(501));
    Await.until("there is one", () -> permits().take(List.of(limit), 1, false).permits() == 1);
  }

  @Test
  void takesFromTheScarcestAndKeepsNothingOfTheOthers() {
    Limit wide = new Limit(key + "wide", 1_000);
    Limit narrow = new Limit(key + "narrow", 0.5);

    assertThat(permits().take(List.of(wide, narrow), 100, false).permits()).isEqualTo(1);
    assertThat(permits().take(List.of(wide, narrow), 100, false).permits()).isZero();
    assertThat(permits().take(List.of(wide), 1_000, false).permits()).isGreaterThanOrEqualTo(199);
  }

  @Test
  void takesBackWhatWasNotUsed() {
    Limit limit = new Limit(key, 0.5);
    assertThat(permits().take(List.of(limit), 1, false).permits()).isEqualTo(1);

    permits().giveBack(List.of(limit), 1);

    assertThat(permits().take(List.of(limit), 5, false).permits()).isEqualTo(1);
  }

  @Test
  void savesNothingMoreOfWhatIsGivenBackTwice() {
    Limit limit = new Limit(key, 10);
    permits().take(List.of(limit), 1, false);

    permits().giveBack(List.of(limit), 500);

    assertThat(takeAll(limit, 500)).isLessThanOrEqualTo(4);
  }

  @Test
  void letsTheUrgentTakeALittleAhead() {
    Limit limit = new Limit(key, 20);
    takeAll(limit, 100);

    long start = System.nanoTime();
    int ahead = 0;
    for (int i = 0; i < 50; i++) {
      ahead += permits().take(List.of(limit), 1, true).permits();
    }
    double seconds = (System.nanoTime() - start) / 1e9;

    // A fifth of a second's worth, and what the limit yields meanwhile.
    assertThat((double) ahead).isBetween(1.0, 20 * (seconds + 0.2) + 1);
    assertThat(permits().take(List.of(limit), 1, false).permits()).isZero();
  }

  @Test
  void changesTheRateWithTheNextCall() {
    takeAll(new Limit(key, 0.001), 100);

    Await.until(
        "the new rate gives some",
        () -> permits().take(List.of(new Limit(key, 1_000)), 10, false).permits() > 0);
  }

  @Test
  void givesToManyAtATimeNoMoreThanThereIs() {
    Limit limit = new Limit(key, 0.5);
    List<Permits> nodes = nodes();

    List<Integer> given =
        Background.together(10, () -> nodes.getLast().take(List.of(limit), 1, false).permits());

    assertThat(given.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
  }

  private int takeAll(Limit limit, int most) {
    int taken = 0;
    for (int given = 1; given > 0 && taken < most; taken += given) {
      given = permits().take(List.of(limit), most, false).permits();
    }
    return taken;
  }

  private Permits permits() {
    return nodes().getFirst();
  }
}
