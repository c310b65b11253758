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
      if (!append(job, attempt)) {
        throw new IllegalStateException("written twice: " + Key.of(job, attempt));
      }
    }
  }

  @Override
  public void appendMissingAttempts(JobId job, List<Attempt> some) {
    store.requireTransaction();
    some.forEach(attempt -> append(job, attempt));
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

  /// What is kept of a job's hand-overs.
  public List<Attempt> attempts(JobId job) {
    return store.inTransaction(() ->
        attempts.getOrDefault(job, Map.of()).values().stream().flatMap(List::stream).toList());
  }

  /// What carriers told of a message, in the order it was written.
  public List<Receipt> receipts(JobId job, int position) {
    return store.inTransaction(
        () -> List.copyOf(receipts.getOrDefault(job, Map.of()).getOrDefault(position, List.of())));
  }

  private boolean append(JobId job, Attempt attempt) {
    Key key = Key.of(job, attempt);
    if (written.containsKey(key)) {
      return false;
    }
    store.put(written, key, attempt);
    store.add(
        attempts
            .computeIfAbsent(job, _ -> new HashMap<>())
            .computeIfAbsent(attempt.position(), _ -> new ArrayList<>()),
        attempt);
    return true;
  }

  private record Key(JobId job, int position, int number, OutcomeKind kind) {
    static Key of(JobId job, Attempt attempt) {
      return new Key(job, attempt.position(), attempt.number(), attempt.kind());
    }
  }
}
