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
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Attempts and receipts in memory. An attempt is known by its number and what was answered, so
/// that one can be unconfirmed first and answered late.
public final class InMemoryDeliveryLog implements DeliveryLog {
  private final InMemoryStore store;
  private final Map<Key, Attempt> written = new HashMap<>();
  private final Map<JobId, Map<Integer, List<Attempt>>> attempts = new HashMap<>();
  private final Map<JobId, Map<Integer, List<Receipt>>> receipts = new HashMap<>();

  private @Nullable InMemoryMessages messages;

  InMemoryDeliveryLog(InMemoryStore store) {
    this.store = store;
  }

  void readMessagesFrom(InMemoryMessages read) {
    this.messages = read;
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
          isErased(receipt.ref().job(), receipt.ref().position()) ? wordless(receipt) : receipt);
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

  /// Clears what carriers said of a message; returns how many of their words there were.
  int clearWords(JobId job, int position) {
    return clear(
            attempts.getOrDefault(job, Map.of()).getOrDefault(position, List.of()),
            Attempt::detail,
            InMemoryDeliveryLog::wordless)
        + clear(
            receipts.getOrDefault(job, Map.of()).getOrDefault(position, List.of()),
            Receipt::detail,
            InMemoryDeliveryLog::wordless);
  }

  private <T> int clear(List<T> kept, Function<T, String> words, UnaryOperator<T> wordless) {
    int cleared = 0;
    for (int i = 0; i < kept.size(); i++) {
      T before = kept.get(i);
      if (!words.apply(before).isEmpty()) {
        int place = i;
        kept.set(place, wordless.apply(before));
        store.undoBy(() -> kept.set(place, before));
        cleared++;
      }
    }
    return cleared;
  }

  private static Attempt wordless(Attempt attempt) {
    return new Attempt(
        attempt.position(),
        attempt.number(),
        attempt.resent(),
        attempt.kind(),
        attempt.reason(),
        "",
        attempt.carrier(),
        attempt.carrierMessageId(),
        attempt.at());
  }

  private static Receipt wordless(Receipt receipt) {
    return new Receipt(
        receipt.ref(),
        receipt.kind(),
        receipt.reason(),
        "",
        receipt.carrier(),
        receipt.carrierMessageId(),
        receipt.at());
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
        isErased(job, attempt.position()) ? wordless(attempt) : attempt);
    return true;
  }

  private boolean isErased(JobId job, int position) {
    InMemoryMessages known = Objects.requireNonNull(messages);
    return known.exists(job, position) && known.rows(job).get(position).address().isEmpty();
  }

  private record Key(JobId job, int position, int number, OutcomeKind kind) {
    static Key of(JobId job, Attempt attempt) {
      return new Key(job, attempt.position(), attempt.number(), attempt.kind());
    }
  }
}
