package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The job's status machine as a grid of its own, written from where a job stands.
class JobTransitionTest {
  private static final String GRID =
      """
      OPEN       SUBMIT>PENDING SCHEDULE>SCHEDULED CANCEL>CANCELLING ABANDON>CANCELLING
      SCHEDULED  FALL_DUE>PENDING PAUSE>PAUSED CANCEL>CANCELLING END_FAILED>FAILED
      PENDING    BEGIN>PROCESSING PAUSE>PAUSED CANCEL>CANCELLING END_FAILED>FAILED
      PROCESSING PAUSE>PAUSED CANCEL>CANCELLING END_COMPLETED>COMPLETED END_PARTIAL>PARTIAL \
                 END_FAILED>FAILED
      PAUSED     RESUME>PROCESSING RESUME_TO_PENDING>PENDING RESUME_TO_SCHEDULED>SCHEDULED \
                 CANCEL>CANCELLING END_COMPLETED>COMPLETED \
                 END_PARTIAL>PARTIAL END_FAILED>FAILED
      CANCELLING END_CANCELLED>CANCELLED
      COMPLETED
      PARTIAL    CORRECT_TO_COMPLETED>COMPLETED CORRECT_TO_FAILED>FAILED
      FAILED
      CANCELLED
      """;

  private static final Map<JobStatus, Map<JobTransition, JobStatus>> EDGES = read(GRID);

  @Test
  void namesEveryStatusInTheGrid() {
    assertThat(EDGES.keySet()).containsExactlyInAnyOrder(JobStatus.values());
  }

  @ParameterizedTest
  @EnumSource
  void movesExactlyWhatTheGridNames(JobStatus status) {
    Map<JobTransition, JobStatus> edges = EDGES.getOrDefault(status, Map.of());
    for (JobTransition transition : JobTransition.values()) {
      assertThat(transition.allows(status))
          .as("%s from %s", transition, status)
          .isEqualTo(edges.containsKey(transition));
      assertThat(transition.sources().contains(status)).isEqualTo(transition.allows(status));
      if (edges.containsKey(transition)) {
        assertThat(transition.target()).isEqualTo(edges.get(transition));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void correctsOnlyAnEndToAnotherEnd(JobTransition transition) {
    boolean fromAnEnd = transition.sources().stream().anyMatch(JobStatus::isEnd);

    assertThat(transition.isCorrection()).isEqualTo(fromAnEnd);
    assertThat(transition.isCorrection())
        .isEqualTo(
            transition == JobTransition.CORRECT_TO_COMPLETED
                || transition == JobTransition.CORRECT_TO_FAILED);
    if (transition.isCorrection()) {
      assertThat(transition.target().isEnd()).isTrue();
      assertThat(transition.target()).isNotEqualTo(JobStatus.PARTIAL);
    }
  }

  @Test
  void resumesToWhereItWas() {
    Instant now = Instant.parse("2026-03-01T10:00:00Z");
    Instant before = now.minusSeconds(1);
    Instant ahead = now.plusSeconds(1);

    assertThat(JobTransition.resuming(before, null, now)).isEqualTo(JobTransition.RESUME);
    assertThat(JobTransition.resuming(before, ahead, now)).isEqualTo(JobTransition.RESUME);
    assertThat(JobTransition.resuming(null, null, now)).isEqualTo(JobTransition.RESUME_TO_PENDING);
    assertThat(JobTransition.resuming(null, now, now)).isEqualTo(JobTransition.RESUME_TO_PENDING);
    assertThat(JobTransition.resuming(null, ahead, now))
        .isEqualTo(JobTransition.RESUME_TO_SCHEDULED);
  }

  @Test
  void startsAtOnceUnlessItHasASendTime() {
    assertThat(JobTransition.starting(null)).isEqualTo(JobTransition.SUBMIT);
    assertThat(JobTransition.starting(Instant.EPOCH)).isEqualTo(JobTransition.SCHEDULE);
  }

  private static Map<JobStatus, Map<JobTransition, JobStatus>> read(String grid) {
    Map<JobStatus, Map<JobTransition, JobStatus>> edges = new EnumMap<>(JobStatus.class);
    for (String line : grid.lines().toList()) {
      String[] words = line.split("\\s+", -1);
      Map<JobTransition, JobStatus> moves = new EnumMap<>(JobTransition.class);
      for (String word : Arrays.asList(words).subList(1, words.length)) {
        String[] move = word.split(">", -1);
        moves.put(JobTransition.valueOf(move[0]), JobStatus.valueOf(move[1]));
      }
      edges.put(JobStatus.valueOf(words[0]), moves);
    }
    return edges;
  }
}
