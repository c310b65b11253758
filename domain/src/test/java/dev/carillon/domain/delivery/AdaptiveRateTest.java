package dev.carillon.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AdaptiveRateTest {
  private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");

  @Test
  void isTheLimitUntilTheCarrierIsTooBusy() {
    assertThat(new AdaptiveRate(500, 0, null).perSecond(NOW)).hasValue(500);
    assertThat(new AdaptiveRate(0, 0, null).perSecond(NOW)).isEmpty();
  }

  @Test
  void isCutToASevenTenthsOfWhatWasGiven() {
    assertThat(new AdaptiveRate(500, 0, null).cut(400, NOW).perSecond(NOW))
        .hasValueCloseTo(280.0, within(1e-9));
    assertThat(new AdaptiveRate(500, 0, null).cut(9_000, NOW).perSecond(NOW))
        .hasValueCloseTo(350.0, within(1e-9));
    assertThat(new AdaptiveRate(0, 0, null).cut(1_000, NOW).perSecond(NOW))
        .hasValueCloseTo(700.0, within(1e-9));
  }

  @Test
  void growsBackEachSecondByATwentiethOfWhatItWasUpToTheLimit() {
    AdaptiveRate cut = new AdaptiveRate(500, 0, null).cut(300, NOW);

    assertThat(cut.perSecond(NOW)).hasValueCloseTo(210.0, within(1e-9));
    assertThat(cut.perSecond(NOW.plusSeconds(1))).hasValueCloseTo(225.0, within(1e-9));
    assertThat(cut.perSecond(NOW.plusSeconds(6))).hasValueCloseTo(300.0, within(1e-9));
    assertThat(cut.perSecond(NOW.plusSeconds(19))).hasValueCloseTo(495.0, within(1e-9));
    assertThat(cut.perSecond(NOW.plusSeconds(20))).hasValue(500);
  }

  @Test
  void growsBackByOneASecondAtLeast() {
    AdaptiveRate cut = new AdaptiveRate(0, 0, null).cut(10, NOW);

    assertThat(cut.perSecond(NOW.plusSeconds(1))).hasValueCloseTo(8.0, within(1e-9));
    assertThat(cut.perSecond(NOW.plusSeconds(60))).hasValueCloseTo(67.0, within(1e-9));
  }

  @Test
  void isCutOnceForAllThatIsSaidWithinASecond() {
    AdaptiveRate cut = new AdaptiveRate(500, 0, null).cut(400, NOW);

    assertThat(cut.cut(400, NOW.plusMillis(999))).isSameAs(cut);
    assertThat(cut.cut(400, NOW.plusSeconds(1)).cutTo()).isCloseTo(210, within(1e-9));
  }

  @Test
  void isNeverCutToNothing() {
    assertThat(new AdaptiveRate(0, 0, null).cut(0, NOW).cutTo()).isEqualTo(AdaptiveRate.LEAST);
  }

  @Test
  void isForgottenWhenItWasLongAgo() {
    AdaptiveRate cut = new AdaptiveRate(0, 0, null).cut(1_000, NOW);

    assertThat(cut.perSecond(NOW.plusSeconds(599))).isPresent();
    assertThat(cut.perSecond(NOW.plusSeconds(600))).isEmpty();
  }

  @Test
  void doesNotShrinkWhenAClockIsSetBack() {
    AdaptiveRate cut = new AdaptiveRate(0, 0, null).cut(1_000, NOW);

    assertThat(cut.perSecond(NOW.minusSeconds(30))).hasValueCloseTo(700.0, within(1e-9));
  }
}
