package dev.carillon.domain.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

  @ParameterizedTest
  @CsvSource({"'', 0", "a, 1", "é, 2", "€, 3", "😀, 4", "a😀€é, 10"})
  void countsOctets(String text, long octets) {
    assertThat(Utf8.length(text)).isEqualTo(octets);
  }

  @Test
  void agreesWithTheEncoderOnEveryUnit() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String text = Character.toString((char) c);

      assertThat(Utf8.length(text)).as("U+%04X", c).isEqualTo(text.getBytes(UTF_8).length);
    }
  }

  @Test
  void agreesWithTheEncoderOnRandomTexts() {
    RandomTexts texts = new RandomTexts();
    for (int i = 0; i < 2_000; i++) {
      String text = texts.any(60);

      assertThat(Utf8.length(text))
          .as("seed %d, case %d", RandomTexts.SEED, i)
          .isEqualTo(text.getBytes(UTF_8).length);
    }
  }
}
