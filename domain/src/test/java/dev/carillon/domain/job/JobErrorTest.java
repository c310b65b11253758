package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JobErrorTest {

  @Test
  void tellsPeopleEachErrorInItsOwnWords() {
    assertThat(Arrays.stream(JobError.values()).map(JobError::description))
        .hasSize(2)
        .doesNotHaveDuplicates()
        .noneMatch(String::isBlank);
  }
}
