package dev.carillon.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RoundPlanTest {
  @Test
  void theSameSeedDrawsTheSameRound() {
    assertThat(RoundPlan.draw(42, 1, 3)).isEqualTo(RoundPlan.draw(42, 1, 3));
    assertThat(RoundPlan.draw(43, 1, 3)).isNotEqualTo(RoundPlan.draw(42, 1, 3));
  }

  @Test
  void everyRoundKillsNodesThatThereAreAndAllNumbersOfNodesAreDrawn() {
    assertThat(LongStream.range(0, 100).mapToObj(seed -> RoundPlan.draw(seed, 1, 3)))
        .allSatisfy(plan ->
            assertThat(plan.disturbances())
                .filteredOn(KillNodes.class::isInstance)
                .isNotEmpty()
                .allSatisfy(kill ->
                    assertThat(((KillNodes) kill).places())
                        .isNotEmpty()
                        .allMatch(place -> place < plan.nodes())))
        .extracting(RoundPlan::nodes)
        .contains(1, 2, 3);
  }

  @Test
  void whatIsPausedIsResumedAfterwards() {
    for (long seed = 0; seed < 100; seed++) {
      List<Disturbance> disturbances = RoundPlan.draw(seed, 1, 3).disturbances();
      for (Disturbance one : disturbances) {
        if (one instanceof PauseJob pause) {
          assertThat(disturbances)
              .as("seed %d", seed)
              .anyMatch(other ->
                  other instanceof ResumeJob resume
                      && resume.job() == pause.job()
                      && resume.at().compareTo(pause.at()) > 0);
        }
      }
    }
  }
}
