package dev.carillon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.benchmarks.compare.Sample;
import dev.carillon.benchmarks.house.Latencies;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SampleTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Sample.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Sample(2, 1, 9, 3));
  }

  @Test
  void theMedianOfAnEvenNumberIsHalfwayBetweenTheMiddleTwo() {
    assertThat(Sample.of(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
  }

  @Test
  void theSpreadLeavesTheFarthestOut() {
    double spread = Sample.spread(List.of(90.0, 100.0, 110.0, 1_000.0, 95.0, 105.0, 1.0));
    assertThat(spread).isCloseTo(0.10, within(1e-9));
  }

  @Test
  void aSingleFigureHasNoSpread() {
    assertThat(Sample.spread(List.of(5.0))).isZero();
  }

  @Test
  void nothingMeasuredIsNoSample() {
    assertThatThrownBy(() -> Sample.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Latencies.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void percentilesAreMeasuredTimesAndNotBetweenThem() {
    List<Double> millis = IntStream.rangeClosed(1, 200).mapToObj(n -> (double) n).toList();
    assertThat(Latencies.of(millis)).isEqualTo(new Latencies(100, 190, 198, 200, 200));
  }
}
