package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.SmsSegmentation;
import dev.carillon.providers.smpp.SmppWording.Alphabet;
import dev.carillon.providers.smpp.SmppWording.LongForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SmppPartsTest {
  private static final long SEED = new Random().nextLong();

  @Test
  void writesTheGsmAlphabetOneSeptetInEachOctet() {
    SmppPart part = parts(LongForm.UDH8).of("@£é {€}\n").getFirst();

    assertThat(part.dataCoding()).isZero();
    assertThat(part.esmClass()).isZero();
    assertThat(part.octets())
        .containsExactly(0x00, 0x01, 0x05, 0x20, 0x1B, 0x28, 0x1B, 0x65, 0x1B, 0x29, 0x0A);
  }

  @Test
  void writesEverythingElseInUtf16() {
    SmppPart part = parts(LongForm.UDH8).of("سلام 😀").getFirst();

    assertThat(part.dataCoding()).isEqualTo((byte) 8);
    assertThat(part.octets()).isEqualTo("سلام 😀".getBytes(StandardCharsets.UTF_16BE));
  }

  @Test
  void writesLatin1WhereTheCentreWantsItAndFallsBackToUtf16() {
    SmppWording latin = SmppWording.DEFAULT.withAlphabet(Alphabet.LATIN1);
    SmppWording byDefault = SmppWording.DEFAULT.withAlphabet(Alphabet.LATIN1_AS_DEFAULT);

    assertThat(of(latin, "né @").octets()).isEqualTo("né @".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(of(latin, "né @").dataCoding()).isEqualTo((byte) 3);
    assertThat(of(byDefault, "né @").dataCoding()).isZero();
    assertThat(of(latin, "5 €").dataCoding()).as("no euro in Latin-1").isEqualTo((byte) 8);
  }

  @ParameterizedTest
  @CsvSource({
    "a, 160, 1",
    "a, 161, 2",
    "a, 306, 2",
    "a, 307, 3",
    "€, 80, 1",
    "€, 81, 2",
    "ж, 70, 1",
    "ж, 71, 2",
    "ж, 134, 2",
    "ж, 135, 3",
    "😀, 35, 1",
    "😀, 36, 2"
  })
  void cutsWhereEverybodyCuts(String what, int times, int parts) {
    assertThat(parts(LongForm.UDH8).of(what.repeat(times))).hasSize(parts);
    assertThat(parts(LongForm.SAR).of(what.repeat(times))).hasSize(parts);
  }

  @ParameterizedTest
  @CsvSource({"a, 304, 2", "a, 305, 3", "ж, 132, 2", "ж, 133, 3"})
  void cutsAnOctetEarlierForALongReference(String what, int times, int parts) {
    assertThat(parts(LongForm.UDH16).of(what.repeat(times))).hasSize(parts);
  }

  @Test
  void headsPartsWithAnEightBitReference() {
    List<SmppPart> parts = parts(LongForm.UDH8).of("x".repeat(400));

    assertThat(parts).allMatch(part -> part.esmClass() == 0x40 && part.octets().length <= 159);
    byte reference = parts.getFirst().octets()[3];
    for (int i = 0; i < 3; i++) {
      assertThat(parts.get(i).octets()).startsWith(5, 0, 3, reference, 3, i + 1);
    }
  }

  @Test
  void headsPartsWithASixteenBitReference() {
    List<SmppPart> parts = parts(LongForm.UDH16).of("x".repeat(400));

    byte[] first = parts.getFirst().octets();
    for (int i = 0; i < 3; i++) {
      assertThat(parts.get(i).octets()).startsWith(6, 8, 4, first[3], first[4], 3, i + 1);
    }
  }

  @Test
  void givesEveryMessageAnotherReference() {
    SmppParts parts = parts(LongForm.UDH8);

    assertThat(
            IntStream.range(0, 256)
                .mapToObj(i -> parts.of("x".repeat(200)).getFirst().octets()[3])
                .collect(Collectors.toSet()))
        .hasSize(256);
  }

  @Test
  void joinsPartsByTlvs() {
    List<SmppPart> parts = parts(LongForm.SAR).of("x".repeat(400));

    assertThat(parts).hasSize(3).allMatch(part -> part.esmClass() == 0);
    OptionalParameter[] tlvs = parts.get(1).tlvs();
    assertThat(tlvs).extracting(tlv -> tlv.tag & 0xFFFF).containsExactly(0x020C, 0x020E, 0x020F);
    assertThat(((OptionalParameter.Byte) tlvs[1]).getValue()).isEqualTo((byte) 3);
    assertThat(((OptionalParameter.Byte) tlvs[2]).getValue()).isEqualTo((byte) 2);
  }

  @Test
  void sendsLongTextsWholeWhereTheCentreCutsThem() {
    String text = "x".repeat(1_530);
    SmppPart part = parts(LongForm.PAYLOAD).of(text).getFirst();

    assertThat(parts(LongForm.PAYLOAD).of(text)).hasSize(1);
    assertThat(part.octets()).isEmpty();
    assertThat(((OptionalParameter.OctetString) part.tlvs()[0]).getValue())
        .isEqualTo(text.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(parts(LongForm.PAYLOAD).of("short").getFirst().octets()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = LongForm.class,
      names = {"UDH8", "UDH16", "SAR"})
  void joinedAgainThePartsAreTheText(LongForm form) {
    Random random = new Random(SEED);
    SmppParts parts = new SmppParts(SmppWording.DEFAULT.withLongForm(form), random);
    for (int round = 0; round < 500; round++) {
      String text = Phones.randomText(random);
      List<SmppPart> cut = parts.of(text);
      assertThat(Phones.join(cut)).as("seed %d, round %d", SEED, round).isEqualTo(text);
      if (form != LongForm.UDH16) {
        assertThat(cut).as("seed %d", SEED).hasSize(SmsSegmentation.of(text).parts());
      }
      assertThat(cut).allMatch(part -> part.octets().length <= 160);
    }
  }

  private static SmppParts parts(LongForm form) {
    return new SmppParts(SmppWording.DEFAULT.withLongForm(form), new Random(1));
  }

  private static SmppPart of(SmppWording wording, String text) {
    return new SmppParts(wording, new Random(1)).of(text).getFirst();
  }
}
