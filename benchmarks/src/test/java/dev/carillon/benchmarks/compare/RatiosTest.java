package dev.carillon.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.benchmarks.compare.Ratios.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RatiosTest {
  private static final double REQUIRED = 0.9;

  @Test
  void aBoundBelowTheMiddleHalfIsKept() {
    Ratios ratios = of(0.50, 0.96, 0.97, 0.98, 0.99, 1.00, 1.20);
    assertThat(ratios.verdict()).isEqualTo(Verdict.KEPT);
    assertThat(ratios.isReached()).isTrue();
    assertThat(ratios.toString()).contains("median of 7: 0.98 (0.50 to 1.20").endsWith(": kept");
  }

  @Test
  void aBoundAboveTheMiddleHalfIsMissed() {
    Ratios ratios = of(0.70, 0.71, 0.72, 0.73, 0.74, 0.75, 1.50);
    assertThat(ratios.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(ratios.isReached()).isFalse();
  }

  @Test
  void aBoundWithinTheMiddleHalfIsHiddenWhateverTheMedianSays() {
    Ratios ratios = of(0.60, 0.70, 0.80, 0.95, 1.00, 1.10, 1.20);
    assertThat(ratios.verdict()).isEqualTo(Verdict.HIDDEN);
    assertThat(ratios.isReached()).isTrue();
    assertThat(ratios.toString()).contains("THE SPREAD HIDES THE ANSWER");
  }

  @Test
  void aSinglePairHidesNothing() {
    assertThat(of(REQUIRED).verdict()).isEqualTo(Verdict.KEPT);
    assertThat(of(0.89).verdict()).isEqualTo(Verdict.MISSED);
  }

  private static Ratios of(Double... ratios) {
    return new Ratios(List.of(ratios), REQUIRED);
  }
}
