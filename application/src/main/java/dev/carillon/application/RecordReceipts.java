package dev.carillon.application;

import dev.carillon.application.port.ReceiptSink;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.delivery.Receipt;
import java.util.List;

/// Takes what carriers tell later and makes it facts.
public final class RecordReceipts implements ReceiptSink {
  private final Sweeping sweeping;

  public RecordReceipts(Sweeping sweeping) {
    this.sweeping = sweeping;
  }

  @Override
  public void record(List<Receipt> receipts) {
    if (receipts.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " receipts at once");
    }
    sweeping.receipts(receipts);
  }
}
