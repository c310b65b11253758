package dev.carillon.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.ReceiptKind;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NoticeLogTest {
  private static final CarrierReceipt RECEIPT =
      new CarrierReceipt(
          new CarrierId("econet"),
          "id-1",
          "id-1",
          "+263771234567",
          ReceiptKind.DELIVERED,
          null,
          "",
          Instant.EPOCH);

  private final Logger logger = (Logger) LoggerFactory.getLogger(NoticeLog.class);
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final NoticeLog log = new NoticeLog();

  @BeforeEach
  void listen() {
    written.start();
    logger.addAppender(written);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(written);
  }

  @Test
  void saysNothingWhereNothingHappened() {
    log.tell();
    log.parked(0);
    log.tell();

    assertThat(written.list).isEmpty();
  }

  @Test
  void tellsOneNumberForAll() {
    log.ofNobody(3);
    log.ofNobody(4);
    log.parked(5);
    assertThat(written.list).isEmpty();

    log.tell();
    log.tell();

    assertThat(written.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "notices of carriers: 7 about nothing of ours, 5 parked until it is known what they are"
                + " about");
  }

  @Test
  void tellsWhatCouldNotBeStoredAFewTimesAndThenTheirNumber() {
    for (int i = 0; i < 25; i++) {
      log.failed(new Notice.OfCarrierMessage(RECEIPT), new IllegalStateException("not stored"));
    }
    assertThat(written.list).hasSize(10);

    log.tell();

    assertThat(written.list).hasSize(11).allMatch(event -> event.getLevel() == Level.ERROR);
    assertThat(written.list.getLast().getFormattedMessage())
        .isEqualTo("25 notices of carriers could not be stored and were left out");
  }

  @Test
  void tellsWhatCouldNotBeSettledAFewTimesAndThenHowOften() {
    for (int i = 0; i < 25; i++) {
      log.receiptFailed(RECEIPT, new IllegalStateException("cannot be stored"));
    }
    assertThat(written.list).hasSize(10);

    log.tell();

    assertThat(written.list).hasSize(11).allMatch(event -> event.getLevel() == Level.ERROR);
    assertThat(written.list.getLast().getFormattedMessage())
        .isEqualTo("parked receipts could not be settled 25 times, and stay parked");
  }

  @Test
  void tellsNoAddress() {
    log.receiptFailed(RECEIPT, new IllegalStateException("cannot be stored"));

    assertThat(written.list.getFirst().getFormattedMessage())
        .contains("econet", "DELIVERED")
        .doesNotContain("771234567");
  }
}
