package dev.carillon.benchmarks.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.benchmarks.node.HandOverLog.HandOver;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TakingsTest {
  private final Takings takings = new Takings();

  @Test
  void theSamePositionOfAnotherJobIsAnotherMessage() {
    takings.add(handOver(1, 7, true));
    takings.add(handOver(2, 7, true));
    assertThat(takings.messages()).isEqualTo(2);
    assertThat(takings.doubled()).isZero();
  }

  @Test
  void eachTakingAfterTheFirstIsOneTooMany() {
    takings.add(handOver(1, 7, true));
    takings.add(handOver(1, 7, true));
    takings.add(handOver(1, 7, true));
    assertThat(takings.messages()).isEqualTo(1);
    assertThat(takings.doubled()).isEqualTo(2);
  }

  @Test
  void whatWasRefusedFirstIsTakenOnce() {
    takings.add(handOver(1, 7, false));
    takings.add(handOver(1, 7, true));
    assertThat(takings.messages()).isEqualTo(1);
    assertThat(takings.doubled()).isZero();
  }

  private static HandOver handOver(long job, int position, boolean taken) {
    return new HandOver(Instant.EPOCH, job, position, taken);
  }
}
