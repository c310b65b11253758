package dev.carillon.application.port;

import dev.carillon.domain.delivery.Receipt;
import java.util.List;

/// Where carriers bring what they tell later.
public interface ReceiptSink {
  /// Most receipts of one call.
  int MOST = 2_000;

  /// Stores receipts and moves what they prove. When this returns they are facts and may be
  /// acknowledged; when it throws (StoreUnavailable) nothing of them was stored and they must be
  /// brought again.
  void record(List<Receipt> receipts);
}
