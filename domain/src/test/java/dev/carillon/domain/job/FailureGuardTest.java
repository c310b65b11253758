package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureGuardTest {
  @ParameterizedTest
  @CsvSource({
    "50, 49, 50, false",
    "50, 50, 50, true",
    "51, 49, 50, false",
    "0, 99, 50, false",
    "0, 100, 50, true",
    "0, 100, 0, false",
    "0, 100, 100, true",
    "1, 99, 100, false",
  })
  void tripsWhenSoManyPercentFailedOfAHundredAtLeast(
      long sent, long failed, int percent, boolean trips) {
    assertThat(new FailureGuard(100).trips(counters(sent, failed), percent)).isEqualTo(trips);
  }

  private static Counters counters(long sent, long failed) {
    return new Counters(7, 0, 0, 0, 0, 5_000, sent, 0, 0, 0, failed, 0, 3, 9, 0);
  }
}
