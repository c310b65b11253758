package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.smpp.SmppWording.ValidityForm;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmppRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final SmppConfig GOOD = SmppConfig.to(SmppPeer.at("host", 2775, "me", "secret"));

  @ParameterizedTest
  @CsvSource({
    "AS_IS, 00AB12, ab12",
    "AS_IS, ab12, ab12",
    "AS_IS, 0, 0",
    "AS_IS, 000, 0",
    "AS_IS, ' 7 ', 7",
    "DECIMAL, 0000000255, 255",
    "DECIMAL, 12ab, 12ab",
    "HEX, 00fF, 255",
    "HEX, ff, 255",
    "HEX, 123456789012345678, 335812727624917341816",
    "HEX, g7, g7",
    "DECIMAL, ٣, ٣"
  })
  void knowsIdsInTheirDifferentClothes(SmppIdForm form, String raw, String normal) {
    assertThat(form.normal(raw)).isEqualTo(normal);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x08, 0x14, 0x58})
  void triesAgainOnlyWhatTheStandardCallsTemporary(int transientCode) {
    DispatchOutcome outcome =
        SmppErrorCodes.of(transientCode).treatment().outcome("", Duration.ZERO);

    assertThat(outcome)
        .isInstanceOfAny(DispatchOutcome.Throttled.class, DispatchOutcome.Unreachable.class);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x01,
        0x0A,
        0x0B,
        0x15,
        0x33,
        0x43,
        0x48,
        0x49,
        0x50,
        0x51,
        0x54,
        0x62,
        0xC0,
        0xC1,
        0xC2,
        0xC3,
        0xC4,
        0x45,
        0x61,
        0xFF,
        0x400,
        0x4FF,
        0x7FFFFFFF
      })
  void refusesForGoodWhatTheCentreDoes(int code) {
    assertThat(SmppErrorCodes.of(code).treatment().outcome("", null))
        .isInstanceOf(DispatchOutcome.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x04, 0x05, 0x0D, 0x0E, 0x0F})
  void stopsABindThatIsNoneAnyMore(int code) {
    assertThat(SmppErrorCodes.of(code).treatment()).isEqualTo(SmppTreatment.STOP);
  }

  @Test
  void hasOneLineForEachCodeWithWordsWithoutPersonalData() {
    assertThat(SmppErrorCodes.values())
        .allMatch(code -> !code.meaning().isBlank() && code.meaning().length() < 100);
    assertThat(Arrays.stream(SmppErrorCodes.values()).map(SmppErrorCodes::code))
        .doesNotHaveDuplicates();
    assertThat(SmppErrorCodes.detail(0x0B)).isEqualTo("0x0B invalid destination address");
    assertThat(SmppErrorCodes.detail(0x411)).isEqualTo("0x411 a code of the operator's own");
  }

  @Test
  void saysHowLongTheCentreMayTry() {
    SmppWording wording = SmppWording.DEFAULT;

    assertThat(SmppValidity.of(wording, NOW.plusSeconds(90_061), NOW))
        .isEqualTo("000001010101000R");
    assertThat(SmppValidity.of(wording, NOW.plus(Duration.ofDays(9)), NOW))
        .isEqualTo("000002000000000R");
    assertThat(SmppValidity.of(wording, NOW.minusSeconds(5), NOW)).isEqualTo("000000000100000R");
    assertThat(
            SmppValidity.of(
                wording.withValidity(Duration.ofHours(1), ValidityForm.ABSOLUTE),
                NOW.plus(Duration.ofDays(9)),
                NOW))
        .isEqualTo("260304060607000+");
    assertThat(
            SmppValidity.of(wording.withValidity(Duration.ofHours(1), ValidityForm.NONE), NOW, NOW))
        .isNull();
  }

  @Test
  void findsWhatIsWrongWithSettings() {
    assertThat(GOOD.problems()).isEmpty();
    assertThat(SmppConfig.to(SmppPeer.at("", 0, "", "much too long")).problems())
        .containsExactly(
            "host must be given",
            "port must be 1 to 65535",
            "system-id must be given",
            "password must have at most 8 printable ASCII characters");
    assertThat(GOOD.withBinds(new SmppConfig.Binds(true, 33, 1)).problems()).hasSize(2);
    assertThat(GOOD.withLimits(new SmppConfig.Limits(0, -1, 0, 0)).problems()).hasSize(4);
    assertThat(
            GOOD.withTiming(
                    SmppConfig.Timing.DEFAULT.withReconnect(
                        Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .problems())
        .containsExactly("reconnect-to must not be below reconnect-from");
    assertThat(GOOD.withWording(SmppWording.DEFAULT.withSender("x".repeat(21))).problems())
        .hasSize(1);
  }

  @Test
  void takesCodesForWhatTheSettingsSay() {
    SmppConfig config = GOOD.withCodes(Map.of(0x45, SmppTreatment.BLOCKED));

    assertThat(config.treatment(0x45)).isEqualTo(SmppTreatment.BLOCKED);
    assertThat(config.treatment(0x0B)).isEqualTo(SmppTreatment.UNKNOWN_DESTINATION);
  }

  @Test
  void neverShowsThePassword() {
    assertThat(GOOD.toString()).doesNotContain("secret").contains("host:2775");
  }

  @Test
  void answersAMessageOnceInEachOrderOfItsPartsAnswers() {
    for (List<Integer> order : List.of(List.of(1, 2), List.of(2, 1))) {
      for (int fates = 0; fates < 9; fates++) {
        Submission submission = Submissions.of(3);
        submission.taken(0, "a");
        for (int part : order) {
          assertThat(submission.end()).isEmpty();
          fate(submission, part, part == 1 ? fates % 3 : fates / 3);
        }
        boolean lost = fates % 3 == 2 || fates / 3 == 2;
        Submission.End end = submission.end().orElseThrow();
        assertThat(end.outcome())
            .isInstanceOf(
                lost ? DispatchOutcome.Unconfirmed.class : DispatchOutcome.Accepted.class);
        assertThat(end.missing() != null).isEqualTo(!lost && fates > 0);
        assertThat(submission.end()).as("only once").isEmpty();
      }
    }
  }

  private static void fate(Submission submission, int part, int fate) {
    switch (fate) {
      case 0 -> submission.taken(part, "id");
      case 1 -> submission.refused(part, SmppTreatment.REFUSED.outcome("", null));
      default -> submission.lost(part, "lost");
    }
  }

  /// Makes submissions without a centre.
  private static final class Submissions {
    private static Submission of(int parts) {
      SmppPart part = new SmppPart((byte) 0, (byte) 0, new byte[1], new OptionalParameter[0]);
      return new Submission(
          TestTexts.saying("hello"),
          new RecordingHandOver(),
          new Envelope(
              SmppAddresses.source("", SmppWording.DEFAULT),
              SmppAddresses.destination("+263770000000", SmppWording.DEFAULT),
              null),
          IntStream.range(0, parts).mapToObj(i -> part).toList(),
          0,
          0);
    }
  }
}
