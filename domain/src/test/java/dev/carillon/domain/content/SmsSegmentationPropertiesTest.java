package dev.carillon.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What holds for every text, and agreement with [NaiveSms].
class SmsSegmentationPropertiesTest {
  private static final int CASES = 4_000;
  private static final int LONGEST = 500;

  @Test
  void agreesWithTheNaiveOracleOnGsmTexts() {
    forEach(texts -> texts.gsm(LONGEST), this::assertAsTheOracle);
  }

  @Test
  void agreesWithTheNaiveOracleOnForeignTexts() {
    forEach(texts -> texts.foreign(LONGEST / 2), this::assertAsTheOracle);
  }

  @Test
  void agreesWithTheNaiveOracleWhereverThePairStands() {
    for (int before = 0; before <= 330; before++) {
      assertAsTheOracle("a".repeat(before) + "€".repeat(before % 3) + "[b".repeat(40));
      assertAsTheOracle("ж".repeat(before) + "😀".repeat(before % 3) + "𝄞b".repeat(40));
    }
  }

  @Test
  void partsJoinedAreTheTextAndAsManyAsCounted() {
    forEach(
        texts -> texts.any(LONGEST),
        text -> {
          List<String> parts = SmsSegmentation.split(text);
          assertThat(String.join("", parts)).isEqualTo(text);
          assertThat(parts).hasSize(SmsSegmentation.of(text).parts());
        });
  }

  @Test
  void everyPartFitsAndCutsNoPair() {
    forEach(
        texts -> texts.any(LONGEST),
        text -> {
          SmsEncoding encoding = SmsSegmentation.of(text).encoding();
          List<String> parts = SmsSegmentation.split(text);
          int room = parts.size() == 1 ? encoding.unitsAlone() : encoding.unitsJoined();
          for (String part : parts) {
            assertThat(NaiveSms.units(part, encoding == SmsEncoding.GSM_7BIT))
                .isBetween(text.isEmpty() ? 0 : 1, room);
          }
          assertThat(parts.stream().mapToInt(part -> part.codePointCount(0, part.length())).sum())
              .isEqualTo(text.codePointCount(0, text.length()));
        });
  }

  @Test
  void noPartButTheLastLeavesRoomForMoreThanHalfAPair() {
    forEach(
        texts -> texts.any(LONGEST),
        text -> {
          SmsEncoding encoding = SmsSegmentation.of(text).encoding();
          List<String> parts = SmsSegmentation.split(text);
          for (String part : parts.subList(0, parts.size() - 1)) {
            assertThat(NaiveSms.units(part, encoding == SmsEncoding.GSM_7BIT))
                .isGreaterThanOrEqualTo(encoding.unitsJoined() - 1);
          }
        });
  }

  @Test
  void longerTextsNeverNeedFewerParts() {
    forEach(
        texts -> texts.any(LONGEST) + texts.gsm(3) + (texts.below(20) == 0 ? texts.one() : ""),
        text -> {
          for (int length = 1; length <= text.length(); length++) {
            assertThat(SmsSegmentation.of(text.substring(0, length)).parts())
                .isGreaterThanOrEqualTo(SmsSegmentation.of(text.substring(0, length - 1)).parts());
          }
        },
        CASES / 100);
  }

  @Test
  void textsAreForcedToUcs2ExactlyByWhatForcesThem() {
    forEach(
        texts -> texts.any(40),
        text ->
            assertThat(SmsSegmentation.forcedUcs2By(text).isEmpty())
                .isEqualTo(SmsSegmentation.of(text).encoding() == SmsEncoding.GSM_7BIT));
  }

  @Test
  void forcingCharactersAreCountedAndFoundWhereTheyFirstStand() {
    forEach(
        texts -> texts.foreign(40),
        text -> {
          List<Integer> foreign =
              text.codePoints().filter(c -> !NaiveSms.isGsm(c)).boxed().toList();
          List<ForcingCharacter> forcing = SmsSegmentation.forcedUcs2By(text);

          assertThat(forcing)
              .extracting(ForcingCharacter::codePoint)
              .containsExactlyElementsOf(foreign.stream().distinct().toList());
          for (ForcingCharacter each : forcing) {
            int place = each.firstPosition();
            assertThat(each.count()).isEqualTo(Collections.frequency(foreign, each.codePoint()));
            assertThat(text.codePointAt(place)).isEqualTo(each.codePoint());
            assertThat(text.substring(0, place).codePoints()).doesNotContain(each.codePoint());
          }
        });
  }

  private void assertAsTheOracle(String text) {
    boolean gsm = NaiveSms.isGsm(text);
    List<String> parts = NaiveSms.split(text);
    int room = parts.size() == 1 ? (gsm ? 160 : 70) : gsm ? 153 : 67;

    assertThat(SmsSegmentation.split(text)).isEqualTo(parts);
    assertThat(SmsSegmentation.of(text))
        .isEqualTo(
            new SmsSegmentation(
                gsm ? SmsEncoding.GSM_7BIT : SmsEncoding.UCS2,
                parts.size(),
                NaiveSms.units(text, gsm),
                room - NaiveSms.units(parts.getLast(), gsm)));
  }

  private static void forEach(Function<RandomTexts, String> make, Consumer<String> check) {
    forEach(make, check, CASES);
  }

  private static void forEach(
      Function<RandomTexts, String> make, Consumer<String> check, int cases) {
    RandomTexts texts = new RandomTexts();
    for (int i = 0; i < cases; i++) {
      String text = make.apply(texts);
      try {
        check.accept(text);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "seed %d, case %d, text of %d".formatted(RandomTexts.SEED, i, text.length()), failure);
      }
    }
  }
}
