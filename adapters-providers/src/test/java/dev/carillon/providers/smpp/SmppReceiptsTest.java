package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.recipient.SuppressionCause;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmppReceiptsTest {
  private static final CarrierId ID = new CarrierId("centre");
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final String USUAL =
      "id:00AB12 sub:001 dlvrd:001 submit date:2603040300 done date:2603040405 stat:DELIVRD err:000"
          + " text:hello";

  private SmppReceiptRules rules = SmppReceiptRules.DEFAULT;

  @Test
  void readsTheUsualText() {
    assertThat(receipt(USUAL))
        .isEqualTo(
            new CarrierReceipt(
                ID,
                "ab12",
                "00AB12",
                "+263770000000",
                ReceiptKind.DELIVERED,
                null,
                "DELIVRD err 000",
                Instant.parse("2026-03-04T04:05:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id:00AB12 stat:DELIVRD",
        "ID: 00AB12 Stat: DELIVRD Err: 000 Text:",
        "stat:DELIVRD id:00AB12",
        "id:00AB12\r\nsub:001\r\nstat:DELIVERED",
        "id:00AB12 sub:1 dlvrd:1 submitdate:260304030000 donedate:260304040500 stat:DELIVRD err:0",
        "id:00AB12 stat:DELIVRD text:id:99 stat:UNDELIV"
      })
  void readsTheSameFromItsDialects(String text) {
    CarrierReceipt receipt = receipt(text);

    assertThat(receipt.carrierMessageId()).isEqualTo("ab12");
    assertThat(receipt.kind()).isEqualTo(ReceiptKind.DELIVERED);
  }

  @ParameterizedTest
  @CsvSource({
    "DELIVRD, DELIVERED,",
    "EXPIRED, UNDELIVERED, DESTINATION_UNREACHABLE",
    "DELETED, UNDELIVERED, NOT_DELIVERED",
    "UNDELIV, UNDELIVERED, NOT_DELIVERED",
    "REJECTD, UNDELIVERED, CARRIER_REFUSED",
    "SKIPPED, UNDELIVERED, NOT_DELIVERED",
    "ACCEPTD, SENT,",
    "ENROUTE, SENT,",
    "SCHEDLD, SENT,",
    "UNKNOWN, SENT,",
    "delivered, DELIVERED,",
    "REJECTED, UNDELIVERED, CARRIER_REFUSED",
    "UNDELIVERABLE, UNDELIVERED, NOT_DELIVERED"
  })
  void knowsWhatTheStatesMean(String word, ReceiptKind kind, Reason reason) {
    CarrierReceipt receipt = receipt("id:7 stat:" + word);

    assertThat(receipt.kind()).isEqualTo(kind);
    assertThat(receipt.reason()).isEqualTo(reason);
  }

  @Test
  void believesTheTlvsMoreThanTheText() {
    DeliverSm delivered =
        delivered(
            USUAL,
            0x04,
            new OptionalParameter.Receipted_message_id("77"),
            new OptionalParameter.Message_state((byte) 5),
            new OptionalParameter.Network_error_code(new byte[] {3, 0, 27}));

    CarrierReceipt receipt = receipt(delivered);
    assertThat(receipt.carrierMessageId()).isEqualTo("77");
    assertThat(receipt.rawId()).isEqualTo("77");
    assertThat(receipt.kind()).isEqualTo(ReceiptKind.UNDELIVERED);
    assertThat(receipt.detail()).isEqualTo("UNDELIV err network 03001b");
  }

  @Test
  void readsAReceiptThatIsAllTlvs() {
    DeliverSm delivered =
        delivered(
            "",
            0x04,
            new OptionalParameter.Receipted_message_id("77"),
            new OptionalParameter.Message_state((byte) 2));

    assertThat(receipt(delivered).kind()).isEqualTo(ReceiptKind.DELIVERED);
    assertThat(receipt(delivered).at()).isEqualTo(NOW);
  }

  @Test
  void readsAReceiptInAPayloadAndInUtf16() {
    DeliverSm payload =
        delivered(
            "",
            0x04,
            new OptionalParameter.Message_payload(USUAL.getBytes(StandardCharsets.US_ASCII)));
    DeliverSm wide = delivered("", 0x04);
    wide.setDataCoding((byte) 8);
    wide.setShortMessage("id:7 stat:DELIVRD".getBytes(StandardCharsets.UTF_16BE));

    assertThat(receipt(payload).carrierMessageId()).isEqualTo("ab12");
    assertThat(receipt(wide).carrierMessageId()).isEqualTo("7");
  }

  @Test
  void takesAnIntermediateNotificationForWhatItIs() {
    assertThat(receipt(delivered("id:7 stat:ENROUTE", 0x20)).kind()).isEqualTo(ReceiptKind.SENT);
  }

  @Test
  void comparesDecimalIdsOfReceiptsWithHexadecimalOnesOfAnswers() {
    rules = rules.withIds(SmppIdForm.HEX, SmppIdForm.DECIMAL, SmppIdForm.HEX);

    assertThat(receipt("id:0000000255 stat:DELIVRD").carrierMessageId())
        .isEqualTo(rules.answerIds().normal("00FF"))
        .isEqualTo("255");
    assertThat(
            receipt(
                    delivered(
                        "id:0000000255 stat:DELIVRD",
                        0x04,
                        new OptionalParameter.Receipted_message_id("fF")))
                .carrierMessageId())
        .isEqualTo("255");
  }

  @Test
  void doesNotBelieveATextThatAPersonWrote() {
    assertThat(read(delivered(USUAL, 0x00))).isEmpty();

    rules = rules.withUnflagged(true);
    assertThat(read(delivered(USUAL, 0x00))).isPresent();
    assertThat(read(delivered("hello, is my id:7 ready?", 0x00))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "stat:DELIVRD", "id:7", "id:7 stat:WHATEVER", "text:id:7 stat:DELIVRD"})
  void makesNothingOfWhatNamesNoMessageOrState(String text) {
    assertThat(read(delivered(text, 0x04))).isEmpty();
  }

  @Test
  void readsTimesInTheZoneOfTheCentreAndDoesNotBelieveTheFuture() {
    rules =
        new SmppReceiptRules(
            SmppReceiptRules.Asked.ALL,
            SmppIdForm.AS_IS,
            SmppIdForm.AS_IS,
            SmppIdForm.AS_IS,
            false,
            ZoneId.of("Africa/Harare"),
            Set.of("STOP"),
            true);

    assertThat(receipt("id:7 stat:DELIVRD done date:2603040605").at())
        .isEqualTo(Instant.parse("2026-03-04T04:05:00Z"));
    assertThat(receipt("id:7 stat:DELIVRD done date:3003040605").at()).isEqualTo(NOW);
    assertThat(receipt("id:7 stat:DELIVRD done date:2613450605").at()).isEqualTo(NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", "stop", " Stop. ", "\"STOP\"", "unsubscribe", "STOPALL!"})
  void hearsThatSomebodyWantsNoMore(String text) {
    assertThat(read(delivered(text, 0x00)))
        .contains(
            new Notice.OfOptOut(
                new OptOut.OfAddress(
                    ID,
                    Channel.SMS,
                    "+263770000000",
                    "",
                    SuppressionCause.STOP,
                    "stop word",
                    NOW)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"please stop", "STOP IT", "", "start", "stopp"})
  void leavesOrdinaryRepliesAlone(String text) {
    assertThat(read(delivered(text, 0x00))).isEmpty();
  }

  @Test
  void survivesAnything() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = new byte[random.nextInt(255)];
      random.nextBytes(octets);
      DeliverSm delivered = delivered("", random.nextInt(256));
      delivered.setShortMessage(octets);
      delivered.setDataCoding((byte) random.nextInt(16));
      assertThat(read(delivered)).as("seed " + seed).isNotNull();
    }
  }

  private CarrierReceipt receipt(String text) {
    return receipt(delivered(text, 0x04));
  }

  private CarrierReceipt receipt(DeliverSm delivered) {
    return ((Notice.OfCarrierMessage) read(delivered).orElseThrow()).receipt();
  }

  private Optional<Notice> read(DeliverSm delivered) {
    return new SmppReceipts(ID, rules, () -> NOW).read(delivered);
  }

  private static DeliverSm delivered(String text, int esmClass, OptionalParameter... tlvs) {
    DeliverSm delivered = new DeliverSm();
    delivered.setSourceAddr("263770000000");
    delivered.setSourceAddrTon((byte) 1);
    delivered.setDestAddress("263719999999");
    delivered.setDestAddrTon((byte) 1);
    delivered.setEsmClass((byte) esmClass);
    delivered.setShortMessage(text.getBytes(StandardCharsets.ISO_8859_1));
    delivered.setOptionalParameters(tlvs);
    return delivered;
  }
}
