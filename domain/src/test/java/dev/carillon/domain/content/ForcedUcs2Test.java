package dev.carillon.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.message.SeededCases;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForcedUcs2Test {
  private static final String ALPHABET = "ab €[{\n“ñç…Ж😀";

  @Test
  void aTextOfTheGsmAlphabetIsForcedByNothing() {
    assertThat(ForcedUcs2.of("x".repeat(161) + "€[")).isEqualTo(new ForcedUcs2(List.of(), 0));
  }

  @Test
  void aShortTextCostsNothingMoreInUcs2() {
    ForcedUcs2 forced = ForcedUcs2.of("“hello”");
    assertThat(forced.extraParts()).isZero();
    assertThat(forced.characters())
        .extracting(ForcingCharacter::character)
        .containsExactly("“", "”");
  }

  @Test
  void oneCharacterMakesTwoPartsOfSeventyOne() {
    ForcedUcs2 forced = ForcedUcs2.of("x".repeat(70) + "…");
    assertThat(forced.extraParts()).isEqualTo(1);
    assertThat(forced.characters()).containsExactly(new ForcingCharacter('…', 1, 70));
  }

  @Test
  void oneCharacterMakesThreePartsOfHundredSixty() {
    assertThat(ForcedUcs2.of("x".repeat(159) + "…").extraParts()).isEqualTo(2);
  }

  @Test
  void anEmojiIsOneCharacter() {
    ForcedUcs2 forced = ForcedUcs2.of("😀".repeat(36));
    assertThat(forced.characters()).containsExactly(new ForcingCharacter(0x1F600, 36, 0));
    assertThat(forced.extraParts()).isEqualTo(1);
  }

  @Test
  void ucs2NeverTakesFewerParts() {
    int[] characters = ALPHABET.codePoints().toArray();
    SeededCases.run(
        5_000,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int left = random.nextInt(400); left > 0; left--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
          }
          assertThat(ForcedUcs2.of(text.toString()).extraParts()).isNotNegative();
        });
  }
}
