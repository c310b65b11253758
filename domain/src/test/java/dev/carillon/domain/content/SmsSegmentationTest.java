package dev.carillon.domain.content;

import static dev.carillon.domain.content.SmsEncoding.GSM_7BIT;
import static dev.carillon.domain.content.SmsEncoding.UCS2;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsSegmentationTest {

  @ParameterizedTest(name = "{1} times {0}")
  @CsvSource({
    "a, 1, GSM_7BIT, 1, 1, 159",
    "a, 159, GSM_7BIT, 1, 159, 1",
    "a, 160, GSM_7BIT, 1, 160, 0",
    "a, 161, GSM_7BIT, 2, 161, 145",
    "a, 305, GSM_7BIT, 2, 305, 1",
    "a, 306, GSM_7BIT, 2, 306, 0",
    "a, 307, GSM_7BIT, 3, 307, 152",
    "a, 459, GSM_7BIT, 3, 459, 0",
    "a, 460, GSM_7BIT, 4, 460, 152",
    "€, 1, GSM_7BIT, 1, 2, 158",
    "€, 80, GSM_7BIT, 1, 160, 0",
    "€, 81, GSM_7BIT, 2, 162, 143",
    "€, 152, GSM_7BIT, 2, 304, 1",
    "€, 153, GSM_7BIT, 3, 306, 151",
    "ж, 1, UCS2, 1, 1, 69",
    "ж, 70, UCS2, 1, 70, 0",
    "ж, 71, UCS2, 2, 71, 63",
    "ж, 134, UCS2, 2, 134, 0",
    "ж, 135, UCS2, 3, 135, 66",
    "ж, 201, UCS2, 3, 201, 0",
    "😀, 1, UCS2, 1, 2, 68",
    "😀, 35, UCS2, 1, 70, 0",
    "😀, 36, UCS2, 2, 72, 61",
    "😀, 66, UCS2, 2, 132, 1",
    "😀, 67, UCS2, 3, 134, 65"
  })
  void countsAsCarriersDo(
      String character, int times, SmsEncoding encoding, int parts, int units, int left) {
    assertThat(SmsSegmentation.of(character.repeat(times)))
        .isEqualTo(new SmsSegmentation(encoding, parts, units, left));
  }

  @Test
  void emptyTextIsOnePartOfNothing() {
    assertThat(SmsSegmentation.of("")).isEqualTo(new SmsSegmentation(GSM_7BIT, 1, 0, 160));
    assertThat(SmsSegmentation.split("")).containsExactly("");
  }

  @Test
  void oneForeignCharacterMakesTheWholeTextUcs2() {
    assertThat(SmsSegmentation.of("a".repeat(70) + "ж"))
        .isEqualTo(new SmsSegmentation(UCS2, 2, 71, 63));
  }

  @Test
  void escapePairThatWouldBeCutGoesToTheNextPart() {
    String text = "a".repeat(152) + "€" + "b".repeat(10);

    assertThat(SmsSegmentation.split(text)).containsExactly("a".repeat(152), "€" + "b".repeat(10));
  }

  @Test
  void escapePairThatJustFitsStays() {
    String text = "a".repeat(151) + "€" + "b".repeat(10);

    assertThat(SmsSegmentation.split(text)).containsExactly("a".repeat(151) + "€", "b".repeat(10));
  }

  @Test
  void keepingPairsWholeCanCostAPart() {
    String text = "a".repeat(152) + "€" + "b".repeat(152);

    assertThat(SmsSegmentation.of(text)).isEqualTo(new SmsSegmentation(GSM_7BIT, 3, 306, 152));
  }

  @Test
  void surrogatePairThatWouldBeCutGoesToTheNextPart() {
    String text = "ж".repeat(66) + "😀" + "ж".repeat(5);

    assertThat(SmsSegmentation.split(text)).containsExactly("ж".repeat(66), "😀" + "ж".repeat(5));
  }

  @Test
  void surrogatePairThatJustFitsStays() {
    String text = "ж".repeat(65) + "😀" + "ж".repeat(5);

    assertThat(SmsSegmentation.split(text)).containsExactly("ж".repeat(65) + "😀", "ж".repeat(5));
  }

  @Test
  void loneSurrogateIsOneUnitAndIsCutLikeAnyOther() {
    String text = "ж".repeat(66) + "\uD83D" + "ж" + "\uDE00".repeat(4);

    assertThat(SmsSegmentation.of(text)).isEqualTo(new SmsSegmentation(UCS2, 2, 72, 62));
    assertThat(SmsSegmentation.split(text))
        .containsExactly("ж".repeat(66) + "\uD83D", "ж" + "\uDE00".repeat(4));
  }

  @Test
  void anyCharSequenceWillDo() {
    assertThat(SmsSegmentation.of(CharBuffer.wrap("a".repeat(161))).parts()).isEqualTo(2);
  }

  @Test
  void encodingsHoldWhatTheirPartsHold() {
    assertThat(GSM_7BIT.unitsAlone()).isEqualTo(160);
    assertThat(GSM_7BIT.unitsJoined()).isEqualTo(153);
    assertThat(UCS2.unitsAlone()).isEqualTo(70);
    assertThat(UCS2.unitsJoined()).isEqualTo(67);
  }
}
