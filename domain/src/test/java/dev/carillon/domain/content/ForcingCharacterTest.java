package dev.carillon.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForcingCharacterTest {

  @Test
  void namesEachCharacterOnceInOrderOfAppearance() {
    assertThat(SmsSegmentation.forcedUcs2By("Hi жç😀ж, 5 € is ж😀"))
        .containsExactly(
            new ForcingCharacter('ж', 3, 3),
            new ForcingCharacter('ç', 1, 4),
            new ForcingCharacter(0x1F600, 2, 5));
  }

  @Test
  void gsmTextIsForcedByNothing() {
    assertThat(SmsSegmentation.forcedUcs2By("5 € for {you} and Ærø")).isEmpty();
    assertThat(SmsSegmentation.forcedUcs2By("")).isEmpty();
  }

  @Test
  void loneSurrogateStandsForItself() {
    assertThat(SmsSegmentation.forcedUcs2By("a\uDE00\uD83D"))
        .containsExactly(new ForcingCharacter(0xDE00, 1, 1), new ForcingCharacter(0xD83D, 1, 2));
  }

  @Test
  void readsAsText() {
    assertThat(new ForcingCharacter(0x1F600, 1, 0).character()).isEqualTo("😀");
  }
}
