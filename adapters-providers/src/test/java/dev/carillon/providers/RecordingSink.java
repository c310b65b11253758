package dev.carillon.providers;

import dev.carillon.application.port.ReceiptSink;
import dev.carillon.domain.delivery.Receipt;
import java.util.List;
import java.util.function.Consumer;

/// Stores receipts in memory, and fails when it is told to.
public final class RecordingSink implements ReceiptSink {
  private final Witness<Receipt> receipts = new Witness<>();
  private final Witness<Integer> batches = new Witness<>();
  private final Witness<Integer> calls = new Witness<>();
  private volatile Consumer<List<Receipt>> fault = batch -> {};

  @Override
  public void record(List<Receipt> batch) {
    calls.see(batch.size());
    fault.accept(batch);
    batches.see(batch.size());
    batch.forEach(receipts::see);
  }

  /// From now on every call runs this first; what it throws, the call throws.
  public void failWith(Consumer<List<Receipt>> newFault) {
    fault = newFault;
  }

  /// From now on calls succeed.
  public void recover() {
    fault = batch -> {};
  }

  /// What is stored by now.
  public List<Receipt> receipts() {
    return receipts.seen();
  }

  /// How many receipts came at once, for each call that succeeded.
  public List<Integer> batches() {
    return batches.seen();
  }

  /// Waits until so many receipts are stored.
  public List<Receipt> awaitReceipts(int count) {
    return receipts.await(all -> all.size() >= count);
  }

  /// Waits until it has been called so often, whether or not it stored anything.
  public void awaitCalls(int count) {
    calls.await(all -> all.size() >= count);
  }
}
