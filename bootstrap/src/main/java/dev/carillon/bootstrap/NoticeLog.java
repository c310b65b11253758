package dev.carillon.bootstrap;

import dev.carillon.application.RecordNotices;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Notice;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells those who run the service of notices that change nothing: how many there were, once a
/// minute, so that nobody can fill the log from outside; and each that could not be stored, of
/// which at most ten between two tellings with their traces.
final class NoticeLog implements RecordNotices.Watch {
  private static final Logger log = LoggerFactory.getLogger(NoticeLog.class);
  private static final int MOST_TRACES = 10;

  private final LongAdder ofNobody = new LongAdder();
  private final LongAdder parked = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder stuck = new LongAdder();

  @Override
  public void ofNobody(int notices) {
    ofNobody.add(notices);
  }

  @Override
  public void parked(int receipts) {
    parked.add(receipts);
  }

  @Override
  public void failed(Notice notice, RuntimeException failure) {
    failed.increment();
    if (failed.sum() <= MOST_TRACES) {
      log.error("{} cannot be stored; left out; incident {}", notice, UUID.randomUUID(), failure);
    }
  }

  /// A receipt that was parked failed by itself, and stays parked.
  void receiptFailed(CarrierReceipt receipt, RuntimeException failure) {
    stuck.increment();
    if (stuck.sum() <= MOST_TRACES) {
      log.error(
          "{} cannot be settled; stays parked; incident {}", receipt, UUID.randomUUID(), failure);
    }
  }

  /// Tells what has come together.
  void tell() {
    long nobody = ofNobody.sumThenReset();
    long waiting = parked.sumThenReset();
    long lost = failed.sumThenReset();
    long unsettled = stuck.sumThenReset();
    if (nobody + waiting > 0) {
      log.info(
          "notices of carriers: {} about nothing of ours, {} parked until it is known what they are"
              + " about",
          nobody,
          waiting);
    }
    if (lost > 0) {
      log.error("{} notices of carriers could not be stored and were left out", lost);
    }
    if (unsettled > 0) {
      log.error("parked receipts could not be settled {} times, and stay parked", unsettled);
    }
  }
}
