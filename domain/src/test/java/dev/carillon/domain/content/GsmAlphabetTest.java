package dev.carillon.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GsmAlphabetTest {

  @ParameterizedTest
  @CsvSource({
    "40, 00",
    "A3, 01",
    "24, 02",
    "A5, 03",
    "E8, 04",
    "E9, 05",
    "F9, 06",
    "EC, 07",
    "F2, 08",
    "C7, 09",
    "0A, 0A",
    "D8, 0B",
    "F8, 0C",
    "0D, 0D",
    "C5, 0E",
    "E5, 0F",
    "394, 10",
    "5F, 11",
    "3A6, 12",
    "393, 13",
    "39B, 14",
    "3A9, 15",
    "3A0, 16",
    "3A8, 17",
    "3A3, 18",
    "398, 19",
    "39E, 1A",
    "C6, 1C",
    "E6, 1D",
    "DF, 1E",
    "C9, 1F",
    "20, 20",
    "23, 23",
    "A4, 24",
    "25, 25",
    "2F, 2F",
    "30, 30",
    "3F, 3F",
    "A1, 40",
    "41, 41",
    "5A, 5A",
    "C4, 5B",
    "D6, 5C",
    "D1, 5D",
    "DC, 5E",
    "A7, 5F",
    "BF, 60",
    "61, 61",
    "7A, 7A",
    "E4, 7B",
    "F6, 7C",
    "F1, 7D",
    "FC, 7E",
    "E0, 7F",
    "0C, 1B0A",
    "5E, 1B14",
    "7B, 1B28",
    "7D, 1B29",
    "5C, 1B2F",
    "5B, 1B3C",
    "7E, 1B3D",
    "5D, 1B3E",
    "7C, 1B40",
    "20AC, 1B65"
  })
  void codesAreThoseOfTheStandard(String character, String code) {
    char c = (char) Integer.parseInt(character, 16);

    assertThat(Integer.toHexString(GsmAlphabet.code(c)))
        .isEqualToIgnoringCase(Integer.toHexString(Integer.parseInt(code, 16)));
  }

  @Test
  void everyCharacterTakesTheSeptetsOfItsTable() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      int expected = NaiveSms.isBasic(c) ? 1 : NaiveSms.isEscaped(c) ? 2 : 0;

      assertThat(GsmAlphabet.septets((char) c)).as("septets of U+%04X", c).isEqualTo(expected);
    }
  }

  @Test
  void hasACodeExactlyWhereItHasSeptets() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      boolean encodable = GsmAlphabet.code((char) c) != GsmAlphabet.NOT_ENCODABLE;

      assertThat(encodable).as("U+%04X", c).isEqualTo(GsmAlphabet.septets((char) c) > 0);
    }
  }

  @Test
  void noTwoCharactersShareACode() {
    Set<Integer> basic = new HashSet<>();
    Set<Integer> extension = new HashSet<>();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      switch (GsmAlphabet.septets((char) c)) {
        case 1 -> assertThat(basic.add(GsmAlphabet.code((char) c))).as("U+%04X", c).isTrue();
        case 2 -> assertThat(extension.add(GsmAlphabet.code((char) c))).as("U+%04X", c).isTrue();
        default -> assertThat(GsmAlphabet.code((char) c)).isEqualTo(GsmAlphabet.NOT_ENCODABLE);
      }
    }
    assertThat(basic).hasSize(127).doesNotContain(GsmAlphabet.ESCAPE);
    assertThat(extension).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(chars = {'ç', '`', 'Α', 'Ο', '\t', '\u001B', '’', '“', '–', '…', '\u00A0', '\u20AD'})
  void lacksWhatOnlyLooksFamiliar(char c) {
    assertThat(GsmAlphabet.septets(c)).isZero();
  }
}
