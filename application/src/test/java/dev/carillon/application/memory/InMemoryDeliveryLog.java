package dev.carillon.application.memory;

import dev.carillon.application.port.DeliveryLog;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
  private @Nullable InMemoryCarrierMessages carrierMessages;

  InMemoryDeliveryLog(InMemoryStore store) {
    this.store = store;
  }

  void readMessagesFrom(InMemoryMessages read) {
    this.messages = read;
  }

  void tellIdsTo(InMemoryCarrierMessages told) {
    this.carrierMessages = told;
  }

  @Override
  public void appendAttempts(ChunkKey chunk, List<Attempt> more) {
    store.requireTransaction();
    for (Attempt attempt : more) {
      if (!append(chunk, attempt)) {
        throw new IllegalStateException("written twice: " + Key.of(chunk.job(), attempt));
      }
    }
  }

  @Override
  public void appendMissingAttempts(ChunkKey chunk, List<Attempt> some) {
    store.requireTransaction();
    some.forEach(attempt -> append(chunk, attempt));
  }

  @Override
  public Map<Integer, Set<CarrierId>> refusedBy(JobId job, int first, int size) {
    return store.inTransaction(() -> {
      Map<Integer, Set<CarrierId>> refused = new HashMap<>();
      for (Attempt attempt : attempts(job)) {
        if (attempt.position() >= first
            && attempt.position() < first + size
            && isOfItsCarrier(attempt)) {
          refused.computeIfAbsent(attempt.position(), _ -> new HashSet<>()).add(attempt.carrier());
        }
      }
      return refused;
    });
  }

  @Override
  public void appendReceipts(List<Receipt> more) {
    store.requireTransaction();
    for (Receipt receipt : more) {
      List<Receipt> there =
          receipts
              .computeIfAbsent(receipt.ref().job(), _ -> new HashMap<>())
              .computeIfAbsent(receipt.ref().position(), _ -> new ArrayList<>());
      Receipt kept =
          isErased(receipt.ref().job(), receipt.ref().position()) ? wordless(receipt) : receipt;
      if (there.stream().noneMatch(other -> saysTheSame(other, kept))) {
        store.add(there, kept);
      }
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
        attempt.choice(),
        attempt.carrierMessageId(),
        attempt.partIds(),
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

  private static boolean isOfItsCarrier(Attempt attempt) {
    Reason reason = attempt.reason();
    return attempt.kind() == OutcomeKind.REJECTED && reason != null && reason.isOfCarrier();
  }

  private static boolean saysTheSame(Receipt one, Receipt other) {
    return one.kind() == other.kind()
        && one.reason() == other.reason()
        && one.detail().equals(other.detail())
        && one.carrier().equals(other.carrier())
        && one.carrierMessageId().equals(other.carrierMessageId());
  }

  private boolean append(ChunkKey chunk, Attempt attempt) {
    JobId job = chunk.job();
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
    Objects.requireNonNull(carrierMessages).append(chunk, attempt);
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
