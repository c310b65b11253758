package dev.carillon.application.keeping;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.CarrierMessages;
import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.application.settling.ToldReceipt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.CarrierChoice;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks carriers that can be asked what became of messages whose answer was lost, and settles what
/// they say. Goes round through all that is in doubt; asks about the same chunk again only after a
/// pause that grows from a minute to an hour. One thread calls it.
public final class AskCarriers {
  private static final int CHUNKS_AT_ONCE = 100;
  private static final int ASKED_AT_ONCE = 500;
  private static final int CARRIERS_ASKED_PER_CALL = 20;

  private final Store store;
  private final Carriers carriers;
  private final Sweeping sweeping;
  private final InstantSource clock;
  private final Supplier<Duration> grace;
  private final AskingPauses pauses = new AskingPauses();
  private final Map<UnknownPolicy, ChunkKey> reached = new EnumMap<>(UnknownPolicy.class);

  /// @param grace lease time and longest answer time-out of a carrier and a margin, as they are now
  public AskCarriers(
      Store store,
      Carriers carriers,
      Sweeping sweeping,
      InstantSource clock,
      Supplier<Duration> grace) {
    this.store = store;
    this.carriers = carriers;
    this.sweeping = sweeping;
    this.clock = clock;
    this.grace = grace;
  }

  /// Does a part of it; returns how many messages the carriers could tell of.
  public int handle() {
    if (carriers.all().stream().noneMatch(carrier -> carrier.inquiry().isPresent())) {
      return 0;
    }
    int told = 0;
    int left = CARRIERS_ASKED_PER_CALL;
    for (UnknownPolicy policy : UnknownPolicy.values()) {
      for (ChunkKey key : next(policy)) {
        if (left == 0) {
          return told;
        }
        reached.put(policy, key);
        if (pauses.mayAsk(key, clock.instant())) {
          Asked asked = ask(key);
          told += asked.told();
          left -= asked.carriers();
        }
      }
    }
    return told;
  }

  private List<ChunkKey> next(UnknownPolicy policy) {
    @Nullable ChunkKey after = reached.get(policy);
    List<ChunkKey> keys =
        store.chunks().inDoubt(policy, clock.instant().minus(grace.get()), after, CHUNKS_AT_ONCE);
    if (keys.isEmpty()) {
      reached.remove(policy);
    }
    return keys;
  }

  /// Asks each carrier about those that it was marked to be given; those that cannot be asked are
  /// left out.
  private Asked ask(ChunkKey key) {
    Optional<Chunk> chunk =
        store
            .transactions()
            .inTransaction(() ->
                store.chunks().lock(List.of(key)).stream().map(LockedChunk::chunk).findFirst());
    int asked = 0;
    int told = 0;
    for (Map.Entry<Integer, List<MessageRef>> doubts :
        chunk.map(AskCarriers::inDoubt).orElse(Map.of()).entrySet()) {
      Optional<Carrier> carrier = carrier(key, doubts.getKey());
      if (carrier.flatMap(Carrier::inquiry).isPresent()) {
        told += ask(chunk.orElseThrow(), carrier.get(), doubts.getValue());
        asked++;
      }
    }
    return new Asked(asked, told);
  }

  private Optional<Carrier> carrier(ChunkKey key, int number) {
    Optional<CarrierId> id =
        number == CarrierChoice.PROVIDER
            ? store.jobs().dispatchJob(key.job()).map(DispatchJob::provider)
            : store.numbers().named(number);
    return id.flatMap(carriers::byId);
  }

  private int ask(Chunk chunk, Carrier carrier, List<MessageRef> inDoubt) {
    Carrier.Inquiry inquiry = carrier.inquiry().orElseThrow();
    int told = 0;
    for (int from = 0; from < inDoubt.size(); from += ASKED_AT_ONCE) {
      Map<MessageRef, Carrier.Finding> findings =
          inquiry.ask(inDoubt.subList(from, Math.min(from + ASKED_AT_ONCE, inDoubt.size())));
      settle(chunk, carrier, findings);
      told += findings.size();
    }
    return told;
  }

  private void settle(Chunk chunk, Carrier carrier, Map<MessageRef, Carrier.Finding> findings) {
    Instant now = clock.instant();
    Findings found = Findings.of(chunk, carrier.id(), findings, now);
    if (!found.receipts().isEmpty()) {
      sweeping.told(
          found.receipts().stream().map(ToldReceipt::ofMessage).toList(),
          store.messages()::note,
          _ -> learn(carrier, found));
    }
    if (!found.answers().isEmpty()) {
      sweeping.answers(chunk.key(), found.answers());
    }
  }

  /// The ids by which receipts will be told.
  private void learn(Carrier carrier, Findings found) {
    if (!found.parts().isEmpty()) {
      store.messages().learn(carrier.id(), found.parts());
    }
  }

  /// What is in doubt, by the number of the carrier that may have it.
  private static Map<Integer, List<MessageRef>> inDoubt(Chunk chunk) {
    Map<Integer, List<MessageRef>> refs = new TreeMap<>();
    for (int position = chunk.first(); position < chunk.first() + chunk.size(); position++) {
      if (chunk.state(position).isInDoubt()) {
        refs.computeIfAbsent(chunk.carrier(position), _ -> new ArrayList<>())
            .add(new MessageRef(chunk.key().job(), chunk.key().number(), position));
      }
    }
    return refs;
  }

  /// Where it is stored.
  public record Store(
      Transactions transactions,
      BulkJobRepository jobs,
      ChunkRepository chunks,
      CarrierNumbers numbers,
      CarrierMessages messages) {}

  /// How many carriers were asked, and of how many messages they could tell.
  private record Asked(int carriers, int told) {}
}
