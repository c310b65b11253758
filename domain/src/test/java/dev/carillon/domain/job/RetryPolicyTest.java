package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.domain.message.SeededCases;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private static final double JUST_BELOW_ONE = Math.nextDown(1.0);
  private static final Duration FOR_EVER = Duration.ofDays(365);

  /// S3: failed messages are retried automatically up to 4 times.
  @Test
  void triesOnceAndFourTimesMoreByDefault() {
    assertThat(RetryPolicy.DEFAULT.maxAttempts()).isEqualTo(5);
    assertThat(RetryPolicy.DEFAULT.allowsAnother(4)).isTrue();
    assertThat(RetryPolicy.DEFAULT.allowsAnother(5)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 4", "3, 8", "4, 16"})
  void doublesTheWaitByDefault(int attempts, int seconds) {
    assertThat(RetryPolicy.DEFAULT.delayAfter(attempts, 0.5))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void allowsAsManyAttemptsAsItSays(int most) {
    RetryPolicy policy = policy(most, Duration.ofSeconds(1), FOR_EVER, 0);

    for (int attempts = 0; attempts < 10; attempts++) {
      assertThat(policy.allowsAnother(attempts)).isEqualTo(attempts < most);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.25, 875, 1125", "1, 500, 1500", "0, 1000, 1000", "0.5, 750, 1250"})
  void spreadsTheJitterAroundTheMiddle(double jitter, long shortest, long longest) {
    RetryPolicy policy = policy(5, Duration.ofSeconds(1), FOR_EVER, jitter);

    assertThat(policy.delayAfter(1, 0)).isEqualTo(Duration.ofMillis(shortest));
    assertThat(policy.delayAfter(1, 0.5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.delayAfter(1, JUST_BELOW_ONE).toMillis()).isBetween(longest - 1, longest);
  }

  @Test
  void staysWithinItsBoundsAndGrowsWithAttemptsAndRandomness() {
    SeededCases.run(
        2_000,
        random -> {
          Duration first = Duration.ofMillis(1 + random.nextInt(10_000));
          Duration longest = first.plusMillis(random.nextInt(1_000_000));
          double jitter = random.nextDouble();
          RetryPolicy policy = policy(7, first, longest, jitter);
          double low = random.nextDouble();
          double high = low + (1 - low) * random.nextDouble();

          for (int attempts = 1; attempts <= 7; attempts++) {
            Duration wait = policy.delayAfter(attempts, low);
            long middle = Math.min(first.toMillis() << (attempts - 1), longest.toMillis());

            assertThat(wait.toMillis())
                .isBetween((long) (middle * (1 - jitter / 2)) - 1, longest.toMillis());
            assertThat(policy.delayAfter(attempts, high)).isGreaterThanOrEqualTo(wait);
            assertThat(policy.delayAfter(attempts + 1, low)).isGreaterThanOrEqualTo(wait);
          }
        });
  }

  @Test
  void neverWaitsLongerThanTheLongestJitterIncluded() {
    RetryPolicy policy = policy(7, Duration.ofSeconds(1), Duration.ofSeconds(5), 1);

    assertThat(policy.delayAfter(3, JUST_BELOW_ONE)).isEqualTo(Duration.ofSeconds(5));
    assertThat(policy.delayAfter(4, 0.5)).isEqualTo(Duration.ofSeconds(5));
    assertThat(policy.delayAfter(1_000_000, 0.5)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void keepsCountingWhereTheDoublingEnds() {
    RetryPolicy policy = policy(7, Duration.ofMillis(1), Duration.ofDays(100_000), 0);

    assertThat(policy.delayAfter(40, 0.5)).isEqualTo(Duration.ofMillis(1L << 39));
    assertThat(policy.delayAfter(41, 0.5)).isEqualTo(Duration.ofMillis(1L << 40));
    assertThat(policy.delayAfter(42, 0.5)).isEqualTo(Duration.ofMillis(1L << 40));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 8})
  void refusesAttemptsThatNobodyCanCount(int attempts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(attempts, Duration.ofSeconds(1), FOR_EVER, 0));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT0.0009S, PT1S", "PT2S, PT1.999S"})
  void refusesDelaysThatAreNone(Duration first, Duration longest) {
    assertThatIllegalArgumentException().isThrownBy(() -> policy(5, first, longest, 0));
  }

  @Test
  void takesTheSmallestDelays() {
    RetryPolicy policy = policy(1, Duration.ofMillis(1), Duration.ofMillis(1), 1);

    assertThat(policy.delayAfter(1, JUST_BELOW_ONE)).isEqualTo(Duration.ofMillis(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesJitterThatIsNoShare(double jitter) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(5, Duration.ofSeconds(1), FOR_EVER, jitter));
  }

  private static RetryPolicy policy(
      int maxAttempts, Duration first, Duration longest, double jitter) {
    return new RetryPolicy(maxAttempts, first, longest, jitter);
  }
}
