package dev.carillon.benchmarks.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.benchmarks.rate.Timeline.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void aSecondHasWhatIsFromItsBeginningOnAndBeforeItsEnd() {
    Timeline timeline = new Timeline(List.of(at(2_000), at(0), at(999), at(1_000), at(1_000)));
    assertThat(timeline.perSecond(START, at(2_999))).containsExactly(2, 2);
    assertThat(timeline.count(at(1_000), at(1_000))).isZero();
  }

  @Test
  void aSteadyStreamAtTheLimitDeviatesInNoWindow() {
    Limits limits = new Limits();
    limits.change(START, 10);
    List<Window> windows =
        new Timeline(every(100, 0, 10_000)).windows(START, at(10_000), seconds(3), limits);
    assertThat(windows).hasSize(8);
    assertThat(windows).allSatisfy(window -> assertThat(window.deviation()).isZero());
    assertThat(windows).allSatisfy(window -> assertThat(window.mean()).isEqualTo(10));
  }

  @Test
  void aWindowOverAChangeIsHeldAgainstBothLimits() {
    Limits limits = new Limits();
    limits.change(START, 10);
    limits.change(at(2_000), 5);
    List<Instant> times = every(100, 0, 2_000);
    times.addAll(every(200, 2_000, 4_000));
    Window window = new Timeline(times).windows(START, at(4_000), seconds(4), limits).getFirst();
    assertThat(window.allowed()).isCloseTo(30, within(1e-9));
    assertThat(window.deviation()).isCloseTo(0, within(1e-9));
  }

  @Test
  void tooManyIsAboveZeroAndTooFewBelow() {
    Limits limits = new Limits();
    limits.change(START, 10);
    Timeline twice = new Timeline(every(50, 0, 1_000));
    Timeline half = new Timeline(every(200, 0, 1_000));
    assertThat(twice.windows(START, at(1_000), seconds(1), limits).getFirst().deviation())
        .isCloseTo(1, within(1e-9));
    assertThat(half.windows(START, at(1_000), seconds(1), limits).getFirst().deviation())
        .isCloseTo(-0.5, within(1e-9));
  }

  @Test
  void nothingIsAllowedBeforeTheFirstLimit() {
    Limits limits = new Limits();
    limits.change(at(1_000), 10);
    assertThat(limits.allowed(START, at(1_000))).isZero();
    assertThat(limits.allowed(START, at(1_500))).isCloseTo(5, within(1e-9));
  }

  @Test
  void limitsAreGivenInTheOrderOfTime() {
    Limits limits = new Limits();
    limits.change(at(1), 10);
    assertThatThrownBy(() -> limits.change(START, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Instant> every(int millis, int from, int to) {
    List<Instant> times = new ArrayList<>();
    for (int n = from; n < to; n += millis) {
      times.add(at(n));
    }
    Collections.reverse(times);
    return times;
  }

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
