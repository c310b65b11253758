package dev.carillon.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulatedConfigTest {
  @Test
  void itsOwnDefaultsAreWithoutProblems() {
    assertThat(SimulatedConfig.DEFAULT.problems()).isEmpty();
    assertThat(SimulatedConfig.IMMEDIATE.problems()).isEmpty();
  }

  @Test
  void listsEveryProblemAtOnce() {
    Duration negative = Duration.ofMillis(-1);
    SimulatedConfig wrong =
        SimulatedConfig.DEFAULT
            .withTiming(
                new SimulatedConfig.Timing(
                    negative,
                    Duration.ofMillis(-2),
                    negative,
                    Duration.ofMillis(-2),
                    Duration.ofSeconds(-3),
                    negative))
            .withShares(new SimulatedConfig.Shares(-0.1, 1.1, Double.NaN, 7, 0))
            .withLimits(new SimulatedConfig.Limits(-1, 0, 0, 0));

    assertThat(wrong.problems())
        .containsExactlyInAnyOrder(
            "latency-from must not be negative",
            "latency-from must not be more than latency-to",
            "receipt-from must not be negative",
            "receipt-from must not be more than receipt-to",
            "answer-timeout must be above 0",
            "latency-to must be shorter than answer-timeout",
            "retry-after must not be negative",
            "refused must be 0 to 1",
            "undelivered must be 0 to 1",
            "unreachable must be 0 to 1",
            "lost must be 0 to 1",
            "rate-per-second must not be negative",
            "concurrency must be 1 to 100000",
            "window must be 1 to 10000",
            "pending-receipts must be 1000 to 1000000");
  }

  @Test
  void refusesSharesOfMoreThanEverything() {
    SimulatedConfig wrong =
        SimulatedConfig.DEFAULT.withShares(new SimulatedConfig.Shares(0.5, 0.3, 0.2, 0.1, 0));

    assertThat(wrong.problems())
        .containsExactly(
            "the shares refused, undelivered, unreachable and lost must not exceed 1 together");
  }
}
