package dev.carillon.application.settling;

import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.application.port.CarrierMessages.Parts;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.settling.AnswerRules.Kept;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageTransition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// The settling step as those take it who hold no lease: carriers with receipts and late answers,
/// owners who cancel, the clock. The same locks, the same domain, the same write, one transaction.
public final class Sweeping {
  private final Settling.Store store;
  private final ChunkWriter writer;
  private final ProgressFeed feed;
  private final InstantSource clock;
  private final AnswerRules rules;

  public Sweeping(
      Settling.Store store,
      JobLife life,
      ProgressFeed feed,
      InstantSource clock,
      RetryPolicy retries) {
    this.store = store;
    this.writer = new ChunkWriter(store.chunks(), life, store.ledger());
    this.feed = feed;
    this.clock = clock;
    this.rules = new AnswerRules(retries);
  }

  /// Moves what receipts prove, whatever their order, and keeps them all. Receipts of messages that
  /// do not exist, or that went to another carrier than the one that tells, are left out.
  ///
  /// @return how many of them belonged to a message
  public int receipts(Collection<Receipt> receipts) {
    return told(receipts.stream().map(ToldReceipt::ofMessage).toList(), Sweeping::noParts, _ -> {})
        .size();
  }

  /// The same for receipts of which some are about parts.
  ///
  /// @param notes keeps inside the transaction what became of a part, and tells what is known of
  ///   all parts then
  /// @param besides what else is to be done inside the transaction with those that are kept
  /// @return those that belonged to a message and are kept
  public List<ToldReceipt> told(
      Collection<ToldReceipt> receipts,
      BiFunction<Part, ReceiptKind, Parts> notes,
      Consumer<List<ToldReceipt>> besides) {
    Map<ChunkKey, List<ToldReceipt>> byChunk = new TreeMap<>();
    for (ToldReceipt told : receipts) {
      byChunk.computeIfAbsent(told.receipt().ref().chunkKey(), _ -> new ArrayList<>()).add(told);
    }
    ReceiptRules receiptRules = new ReceiptRules(notes, store.numbers());
    List<ToldReceipt> kept =
        store
            .transactions()
            .inTransaction(() -> {
              List<LockedChunk> locked = store.chunks().lock(byChunk.keySet());
              List<ToldReceipt> own = new ArrayList<>(receipts.size());
              for (LockedChunk chunk : locked) {
                own.addAll(
                    receiptRules.apply(
                        chunk, byChunk.getOrDefault(chunk.chunk().key(), List.of())));
              }
              store.log().appendReceipts(own.stream().map(ToldReceipt::receipt).toList());
              besides.accept(own);
              writer.saveAll(locked, new ReceiptCauses(byChunk), clock.instant());
              return own;
            });
    tell(kept.stream().map(told -> told.receipt().ref().chunkKey()).toList());
    return kept;
  }

  /// Moves what waits in these chunks as the terms of their jobs want it: cancelled, broken, too
  /// old.
  public void sweep(Collection<ChunkKey> keys) {
    change(keys, Sweeping::sweep);
  }

  /// Gives up what is in doubt in these chunks: nothing settled it in time.
  public void giveUp(Collection<ChunkKey> keys) {
    change(keys, (locked, _) -> locked.chunk().moveAll(MessageTransition.GIVE_UP));
  }

  /// Has what is marked in a chunk be in doubt if the lease on it has lapsed, and lets it be leased
  /// again after a while, so that what a frozen worker still sends has come to an end.
  public void rescue(ChunkKey key, Duration pause) {
    store
        .transactions()
        .run(() ->
            store.chunks().lock(List.of(key)).stream()
                .filter(locked -> locked.open() && !locked.leased())
                .forEach(locked -> rescue(locked, pause)));
    feed.changed(key.job());
  }

  /// Settles answers of nobody's lease: those that came when their worker had gone, and what
  /// carriers said when they were asked. Those that are facts already change nothing.
  public void answers(ChunkKey key, List<Answer> answers) {
    store.transactions().run(() -> settle(key, answers));
    feed.changed(key.job());
  }

  /// The same for answers that were to be settled before and nobody heard whether they were. Those
  /// to attempts that do not count are left out, and their messages stay in doubt: their number may
  /// have been used again by now.
  public void answersAgain(ChunkKey key, List<Answer> answers) {
    List<Answer> counting = answers.stream().filter(Answer::counts).toList();
    if (!counting.isEmpty()) {
      answers(key, counting);
    }
  }

  private void settle(ChunkKey key, List<Answer> answers) {
    Instant now = clock.instant();
    for (LockedChunk locked : store.chunks().lock(List.of(key))) {
      Kept kept = rules.apply(locked, answers);
      store.log().appendMissingAttempts(key, kept.attempts());
      locked.terms().sweep(now).ifPresent(locked.chunk()::moveAll);
      writer.save(locked, new LeaseChange.Keep(), kept, now);
    }
  }

  /// What a lapsed lease left marked is in doubt then: nobody else may come by.
  private static void sweep(LockedChunk locked, Instant now) {
    Optional<MessageTransition> move = locked.terms().sweep(now);
    if (move.isPresent() && !locked.leased()) {
      locked.chunk().rescue(_ -> {});
    }
    move.ifPresent(locked.chunk()::moveAll);
  }

  private void rescue(LockedChunk locked, Duration pause) {
    Instant now = clock.instant();
    locked.chunk().rescue(_ -> {});
    locked.terms().sweep(now).ifPresent(locked.chunk()::moveAll);
    LeaseChange release = new LeaseChange.Release(now.plus(pause), locked.dueTimes());
    writer.save(locked, release, Kept.NOTHING, now);
  }

  private void change(Collection<ChunkKey> keys, BiConsumer<LockedChunk, Instant> change) {
    store
        .transactions()
        .run(() -> {
          Instant now = clock.instant();
          List<LockedChunk> locked = store.chunks().lock(keys);
          locked.forEach(chunk -> change.accept(chunk, now));
          writer.saveAll(locked, Causes.NONE, now);
        });
    tell(keys);
  }

  private void tell(Collection<ChunkKey> keys) {
    keys.stream().map(ChunkKey::job).distinct().forEach(feed::changed);
  }

  private static Parts noParts(Part part, ReceiptKind kind) {
    throw new IllegalStateException("a receipt of our reference is about the whole message");
  }
}
