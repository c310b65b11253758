package dev.carillon.domain.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentLimitsTest {

  @Test
  void defaultsAreTheDocumentedOnes() {
    assertThat(ContentLimits.DEFAULTS).isEqualTo(new ContentLimits(10, 4096, 998, 1_048_576, 50));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 1, 1",
    "256, 1, 1, 1, 1",
    "1, 0, 1, 1, 1",
    "1, 1, 0, 1, 1",
    "1, 1, 1, 0, 1",
    "1, 1, 1, 1, 0"
  })
  void refusesLimitsThatNothingCanKeep(
      int parts, int characters, int line, int bytes, int headers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ContentLimits(parts, characters, line, bytes, headers));
  }

  @ParameterizedTest
  @CsvSource({"1", "255"})
  void takesPartsThatTheHeaderCanCount(int parts) {
    assertThat(new ContentLimits(parts, 1, 1, 1, 1).smsMaxParts()).isEqualTo(parts);
  }
}
