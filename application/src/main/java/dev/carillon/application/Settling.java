package dev.carillon.application;

import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.DeliveryLog;
import dev.carillon.application.port.Lease;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.OutcomeRule;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.Chunk;
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
import java.util.function.ToIntFunction;

/// The one step by which anything becomes a fact: lock the chunk, let the domain move its messages,
/// append what carriers said, count, close, end the job, note the event, in one transaction. So
/// messages, counters, stream and events cannot disagree.
public final class Settling {
  private final Transactions transactions;
  private final ChunkRepository chunks;
  private final DeliveryLog log;
  private final JobLife life;
  private final ProgressFeed feed;
  private final InstantSource clock;
  private final RetryPolicy retries;

  public Settling(
      Transactions transactions,
      ChunkRepository chunks,
      DeliveryLog log,
      JobLife life,
      ProgressFeed feed,
      InstantSource clock,
      RetryPolicy retries) {
    this.transactions = transactions;
    this.chunks = chunks;
    this.log = log;
    this.life = life;
    this.feed = feed;
    this.clock = clock;
    this.retries = retries;
  }

  /// Leases the next chunk that has work and marks its first window. What a lapsed lease left
  /// marked becomes UNKNOWN first; what waits in a cancelled job becomes CANCELLED. Empty when no
  /// chunk has work.
  ///
  /// @param window how many messages of a job may be marked at a time
  public Optional<LeasedChunk> lease(
      WorkerId worker, Duration leaseTime, ToIntFunction<JobId> window) {
    Optional<LeasedChunk> leased =
        transactions.inTransaction(() ->
            chunks
                .lockNext(clock.instant())
                .map(locked -> lease(locked, worker, leaseTime, window)));
    leased.ifPresent(chunk -> feed.changed(chunk.key().job()));
    return leased;
  }

  private LeasedChunk lease(
      LockedChunk locked, WorkerId worker, Duration leaseTime, ToIntFunction<JobId> window) {
    Chunk chunk = locked.chunk();
    chunk.moveAll(MessageTransition.RESCUE);
    List<Settled.Marked> marked = List.of();
    if (locked.jobStatus() == JobStatus.CANCELLING) {
      chunk.moveAll(MessageTransition.CANCEL);
    } else {
      marked = mark(chunk, Marks.next(window.applyAsInt(chunk.key().job())));
    }
    boolean closed = save(locked, new LeaseChange.Take(worker, leaseTime));
    if (!marked.isEmpty() && locked.jobStatus() == JobStatus.PENDING) {
      life.begin(chunk.key().job(), clock.instant());
    }
    return new LeasedChunk(
        chunk.key(),
        chunk.first(),
        chunk.size(),
        new Lease(worker, locked.fence() + 1),
        new Settled(marked, true, locked.jobStatus().isRunning(), closed));
  }

  /// Settles answers and, while the lease is alive and the job runs, marks the next messages and
  /// prolongs the lease, in one commit. Answers of a holder that has lost its lease are facts all
  /// the same.
  public Settled settle(
      ChunkKey key, Lease lease, List<Answer> answers, Marks marks, Duration leaseTime) {
    Settled settled =
        transactions.inTransaction(
            () -> settle(lockOne(key), lease, answers, marks, new LeaseChange.Prolong(leaseTime)));
    feed.changed(key.job());
    return settled;
  }

  /// Gives a lease up; the chunk may be leased again when due.
  public void release(ChunkKey key, Lease lease, Instant nextDue) {
    transactions.run(
        () -> settle(lockOne(key), lease, List.of(), Marks.NONE, new LeaseChange.Release(nextDue)));
    feed.changed(key.job());
  }

  private Settled settle(
      LockedChunk locked, Lease lease, List<Answer> answers, Marks marks, LeaseChange change) {
    boolean mine = locked.leased() && locked.fence() == lease.fence();
    boolean runs = locked.jobStatus().isRunning();
    apply(locked.chunk(), answers);
    if (locked.jobStatus() == JobStatus.CANCELLING) {
      locked.chunk().moveAll(MessageTransition.CANCEL);
    }
    List<Settled.Marked> marked =
        mine && runs && locked.open() ? mark(locked.chunk(), marks) : List.of();
    boolean closed = save(locked, mine ? change : new LeaseChange.Keep());
    return new Settled(marked, mine, runs, closed || !locked.open());
  }

  /// Moves what receipts prove, whatever their order, and keeps them all. Receipts of messages that
  /// do not exist are left out.
  ///
  /// @return how many of them belonged to a message
  public int receipts(Collection<Receipt> receipts) {
    Map<ChunkKey, List<Receipt>> byChunk = new TreeMap<>();
    for (Receipt receipt : receipts) {
      byChunk.computeIfAbsent(receipt.ref().chunkKey(), _ -> new ArrayList<>()).add(receipt);
    }
    int known =
        transactions.inTransaction(() -> {
          List<LockedChunk> locked = chunks.lock(byChunk.keySet());
          List<Receipt> stored = new ArrayList<>(receipts.size());
          for (LockedChunk chunk : locked) {
            List<Receipt> own = byChunk.getOrDefault(chunk.chunk().key(), List.of());
            stored.addAll(applyReceipts(chunk.chunk(), own));
          }
          log.appendReceipts(stored);
          saveAll(locked);
          return stored.size();
        });
    byChunk.keySet().stream().map(ChunkKey::job).distinct().forEach(feed::changed);
    return known;
  }

  /// Cancels what waits in these chunks of one job.
  public void cancel(List<ChunkKey> keys) {
    transactions.run(() -> {
      List<LockedChunk> locked = chunks.lock(keys);
      locked.forEach(chunk -> chunk.chunk().moveAll(MessageTransition.CANCEL));
      saveAll(locked);
    });
    keys.stream().map(ChunkKey::job).distinct().forEach(feed::changed);
  }

  private void apply(Chunk chunk, List<Answer> answers) {
    List<Attempt> attempts = new ArrayList<>(answers.size());
    for (Answer answer : answers) {
      move(chunk, answer);
      if (answer.counts()) {
        attempts.add(answer.toAttempt());
      }
    }
    log.appendAttempts(chunk.key().job(), attempts);
  }

  private void move(Chunk chunk, Answer answer) {
    MessageTransition move = OutcomeRule.transition(answer.outcome(), answer.attempt(), retries);
    boolean overtaken = answer.attempt() < chunk.attempts(answer.position());
    if (overtaken && move != MessageTransition.ACCEPT) {
      // It says nothing about the attempt that is at the carrier now.
      return;
    }
    boolean moved = chunk.move(answer.position(), move);
    if (!moved && move == MessageTransition.RETRY) {
      // Its lease had lapsed and it is UNKNOWN: now it is known that nobody took it.
      chunk.move(answer.position(), MessageTransition.FAIL);
    }
  }

  private static List<Receipt> applyReceipts(Chunk chunk, List<Receipt> receipts) {
    List<Receipt> own =
        receipts.stream().filter(receipt -> chunk.contains(receipt.ref().position())).toList();
    for (Receipt receipt : own) {
      chunk.move(receipt.ref().position(), receipt.kind().transition());
    }
    return own;
  }

  private static List<Settled.Marked> mark(Chunk chunk, Marks marks) {
    List<Settled.Marked> marked = new ArrayList<>();
    chunk.markNext(
        marks.limit(),
        marks.ready(),
        position -> marked.add(new Settled.Marked(position, chunk.attempts(position))));
    return marked;
  }

  private LockedChunk lockOne(ChunkKey key) {
    return chunks.lock(List.of(key)).getFirst();
  }

  /// Writes one chunk back, closes it when nothing in it is open, and lets its job live on.
  private boolean save(LockedChunk locked, LeaseChange lease) {
    boolean closes = closes(locked);
    chunks.save(List.of(change(locked, lease)));
    life.afterChunk(locked, closes, clock.instant());
    return closes;
  }

  private void saveAll(List<LockedChunk> locked) {
    chunks.save(locked.stream().map(chunk -> change(chunk, new LeaseChange.Keep())).toList());
    for (LockedChunk chunk : locked) {
      life.afterChunk(chunk, closes(chunk), clock.instant());
    }
  }

  private static ChunkChange change(LockedChunk locked, LeaseChange lease) {
    boolean closes = closes(locked);
    return new ChunkChange(locked.chunk(), closes ? new LeaseChange.Release(null) : lease, closes);
  }

  private static boolean closes(LockedChunk locked) {
    return locked.open() && locked.chunk().isFinished();
  }
}
