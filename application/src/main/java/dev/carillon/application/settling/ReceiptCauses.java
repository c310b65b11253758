package dev.carillon.application.settling;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.ChunkKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Why messages did not arrive, as their receipts say it: the first that said no moved the message.
///
/// @param byChunk the receipts of each chunk, in the order they were applied
record ReceiptCauses(Map<ChunkKey, List<ToldReceipt>> byChunk) implements Causes {
  @Override
  public Map<Integer, Reason> of(ChunkKey chunk) {
    Map<Integer, Reason> causes = new HashMap<>();
    for (ToldReceipt told : byChunk.getOrDefault(chunk, List.of())) {
      Receipt receipt = told.receipt();
      if (receipt.kind() == ReceiptKind.UNDELIVERED && receipt.reason() != null) {
        causes.putIfAbsent(receipt.ref().position(), receipt.reason());
      }
    }
    return causes;
  }
}
