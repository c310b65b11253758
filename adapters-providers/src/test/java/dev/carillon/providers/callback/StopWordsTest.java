package dev.carillon.providers.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopWordsTest {
  private final StopWords words = new StopWords(Set.of("STOP", "Arrêt", "ለማቆም", "opt out"));

  @ParameterizedTest
  @ValueSource(strings = {"stop", "STOP", " Stop\n", "*stop*", "ARRÊT!", "ለማቆም።", "Opt Out"})
  void knowsItsWordsHoweverTheyAreWritten(String text) {
    assertThat(words.says(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "stop now", "stops", "sto p", "unstop", "optout"})
  void knowsNoOthers(String text) {
    assertThat(words.says(text)).isFalse();
  }

  @Test
  void doesNotLookAtLongTexts() {
    assertThat(words.says("stop" + " ".repeat(60))).isTrue();
    assertThat(words.says("stop" + " ".repeat(61))).isFalse();
  }

  @Test
  void hasTheUsualOnes() {
    StopWords usual = new StopWords(StopWords.USUAL);

    assertThat(StopWords.USUAL).allMatch(usual::says).contains("STOP", "UNSUBSCRIBE");
  }
}
