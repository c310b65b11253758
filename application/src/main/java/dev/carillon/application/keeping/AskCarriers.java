package dev.carillon.application.keeping;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Duration grace;
  private final AskingPauses pauses = new AskingPauses();
  private final Map<UnknownPolicy, ChunkKey> reached = new EnumMap<>(UnknownPolicy.class);

  /// @param grace lease time and longest answer time-out of a carrier and a margin
  public AskCarriers(
      Store store, Carriers carriers, Sweeping sweeping, InstantSource clock, Duration grace) {
    this.store = store;
    this.carriers = carriers;
    this.sweeping = sweeping;
    this.clock = clock;
    this.grace = grace;
  }

  /// Does a part of it; returns how many messages the carriers could tell of.
  public int handle() {
    int told = 0;
    int left = CARRIERS_ASKED_PER_CALL;
    for (UnknownPolicy policy : UnknownPolicy.values()) {
      Map<Long, Optional<Carrier>> byJob = new HashMap<>();
      for (ChunkKey key : next(policy)) {
        Optional<Carrier> carrier =
            byJob.computeIfAbsent(key.job().value(), _ -> carrierWithInquiry(key));
        if (left == 0) {
          return told;
        }
        reached.put(policy, key);
        if (carrier.isPresent() && pauses.mayAsk(key, clock.instant())) {
          told += ask(key, carrier.get());
          left--;
        }
      }
    }
    return told;
  }

  private List<ChunkKey> next(UnknownPolicy policy) {
    @Nullable ChunkKey after = reached.get(policy);
    List<ChunkKey> keys =
        store.chunks().inDoubt(policy, clock.instant().minus(grace), after, CHUNKS_AT_ONCE);
    if (keys.isEmpty()) {
      reached.remove(policy);
    }
    return keys;
  }

  private Optional<Carrier> carrierWithInquiry(ChunkKey key) {
    return store
        .jobs()
        .dispatchJob(key.job())
        .flatMap(job -> carriers.byId(job.provider()))
        .filter(carrier -> carrier.inquiry().isPresent());
  }

  private int ask(ChunkKey key, Carrier carrier) {
    Carrier.Inquiry inquiry = carrier.inquiry().orElseThrow();
    Optional<Chunk> chunk =
        store
            .transactions()
            .inTransaction(() ->
                store.chunks().lock(List.of(key)).stream().map(LockedChunk::chunk).findFirst());
    List<MessageRef> inDoubt = chunk.map(AskCarriers::inDoubt).orElse(List.of());
    int told = 0;
    for (int from = 0; from < inDoubt.size(); from += ASKED_AT_ONCE) {
      Map<MessageRef, Carrier.Finding> findings =
          inquiry.ask(inDoubt.subList(from, Math.min(from + ASKED_AT_ONCE, inDoubt.size())));
      settle(chunk.orElseThrow(), carrier, findings);
      told += findings.size();
    }
    return told;
  }

  private void settle(Chunk chunk, Carrier carrier, Map<MessageRef, Carrier.Finding> findings) {
    Instant now = clock.instant();
    Findings found = Findings.of(chunk, carrier.id(), findings, now);
    if (!found.receipts().isEmpty()) {
      sweeping.receipts(found.receipts());
    }
    if (!found.answers().isEmpty()) {
      sweeping.answers(chunk.key(), found.answers());
    }
  }

  private static List<MessageRef> inDoubt(Chunk chunk) {
    List<MessageRef> refs = new ArrayList<>();
    for (int position = chunk.first(); position < chunk.first() + chunk.size(); position++) {
      if (chunk.state(position).isInDoubt()) {
        refs.add(new MessageRef(chunk.key().job(), chunk.key().number(), position));
      }
    }
    return refs;
  }

  /// Where it is stored.
  public record Store(Transactions transactions, BulkJobRepository jobs, ChunkRepository chunks) {}
}
