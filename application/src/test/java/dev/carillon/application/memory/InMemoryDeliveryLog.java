package dev.carillon.application.memory;

import dev.carillon.application.port.DeliveryLog;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.job.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Attempts and receipts in memory. An attempt is known by its number and what was answered, so
/// that one can be unconfirmed first and answered late.
public final class InMemoryDeliveryLog implements DeliveryLog {
  private final InMemoryStore store;
  private final Map<Key, Attempt> written = new HashMap<>();
  private final Map<JobId, Map<Integer, List<Attempt>>> attempts = new HashMap<>();
  private final Map<JobId, Map<Integer, List<Receipt>>> receipts = new HashMap<>();

  InMemoryDeliveryLog(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public void appendAttempts(JobId job, List<Attempt> more) {
    store.requireTransaction();
    for (Attempt attempt : more) {
      Key key = new Key(job, attempt.position(), attempt.number(), attempt.kind());
      if (written.containsKey(key)) {
        throw new IllegalStateException("written twice: " + key);
      }
      store.put(written, key, attempt);
      store.add(
          attempts
              .computeIfAbsent(job, _ -> new HashMap<>())
              .computeIfAbsent(attempt.position(), _ -> new ArrayList<>()),
          attempt);
    }
  }

  @Override
  public void appendReceipts(List<Receipt> more) {
    store.requireTransaction();
    for (Receipt receipt : more) {
      store.add(
          receipts
              .computeIfAbsent(receipt.ref().job(), _ -> new HashMap<>())
              .computeIfAbsent(receipt.ref().position(), _ -> new ArrayList<>()),
          receipt);
    }
  }

  /// What is kept of a message's hand-overs, in the order it was written.
  public List<Attempt> attempts(JobId job, int position) {
    return store.inTransaction(
        () -> List.copyOf(attempts.getOrDefault(job, Map.of()).getOrDefault(position, List.of())));
  }

  /// What carriers told of a message, in the order it was written.
  public List<Receipt> receipts(JobId job, int position) {
    return store.inTransaction(
        () -> List.copyOf(receipts.getOrDefault(job, Map.of()).getOrDefault(position, List.of())));
  }

  private record Key(JobId job, int position, int number, OutcomeKind kind) {}
}
