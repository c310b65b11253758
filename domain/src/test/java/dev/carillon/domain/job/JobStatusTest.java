package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobStatusTest {

  /// What databases hold: a row of this table may be added, never changed.
  @ParameterizedTest
  @CsvSource({
    "OPEN, 1, false, false, false",
    "SCHEDULED, 2, false, false, false",
    "PENDING, 3, false, true, false",
    "PROCESSING, 4, true, true, false",
    "PAUSED, 5, false, false, false",
    "CANCELLING, 6, true, false, false",
    "COMPLETED, 7, true, false, true",
    "PARTIAL, 8, true, false, true",
    "FAILED, 9, true, false, true",
    "CANCELLED, 10, true, false, true"
  })
  void keepsItsCodeAndWhatFollowsFromIt(
      JobStatus status, int code, boolean started, boolean running, boolean end) {
    assertThat(status.code()).isEqualTo(code);
    assertThat(JobStatus.of(code)).isEqualTo(status);
    assertThat(status.hasStarted(false)).isEqualTo(started);
    assertThat(status.hasStarted(true)).isTrue();
    assertThat(status.isRunning()).isEqualTo(running);
    assertThat(status.isEnd()).isEqualTo(end);
  }

  @Test
  void hasAsManyStatusesAsTheTable() {
    assertThat(JobStatus.values()).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 11})
  void knowsNoOtherCode(int code) {
    assertThatIllegalArgumentException().isThrownBy(() -> JobStatus.of(code));
  }
}
