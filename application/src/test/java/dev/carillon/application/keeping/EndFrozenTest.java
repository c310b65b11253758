package dev.carillon.application.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndFrozenTest {
  private final List<Duration> asked = new ArrayList<>();

  @Test
  void givesTheEngineTheTimeOfALeaseAndCallsMore() {
    assertThat(endFrozen(Duration.ofSeconds(5)).handle()).isEqualTo(3);

    assertThat(asked).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  @Test
  void doesNotTakeAMomentForFrozenWhereLeasesAreShort() {
    endFrozen(Duration.ofMillis(100)).handle();

    assertThat(asked.getFirst()).isEqualTo(Duration.ofSeconds(2));
  }

  private EndFrozen endFrozen(Duration leaseTime) {
    return new EndFrozen(
        (ofEngine, ofCalls) -> {
          asked.addAll(List.of(ofEngine, ofCalls));
          return 3;
        },
        leaseTime);
  }
}
