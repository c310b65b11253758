package dev.carillon.application.settling;

import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.DeliveryLog;
import dev.carillon.application.port.Lease;
import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.NextChunk;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.settling.AnswerRules.Kept;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// The one step by which anything becomes a fact, as workers take it: lock the chunk, let the
/// domain move its messages, append what carriers said, count, close, end the job, note the event,
/// book the money, in one transaction. So messages, counters, stream, events and books cannot
/// disagree. [Sweeping] takes the same step for receipts, owners and the clock.
public final class Settling {
  private final Store store;
  private final ChunkWriter writer;
  private final JobLife life;
  private final ProgressFeed feed;
  private final InstantSource clock;
  private final Marking marking;
  private final AnswerRules rules;

  public Settling(
      Store store, JobLife life, ProgressFeed feed, InstantSource clock, RetryPolicy retries) {
    this.store = store;
    this.writer = new ChunkWriter(store.chunks(), life, store.ledger());
    this.life = life;
    this.feed = feed;
    this.clock = clock;
    this.marking = new Marking(retries);
    this.rules = new AnswerRules(retries);
  }

  /// Leases the job's next chunk and marks its first messages. What a lapsed lease left marked is
  /// in doubt first; what waits in a job that was cancelled, broke or is too old is swept.
  public Leasing lease(JobId job, WorkerId worker, Duration leaseTime, FirstMarks first) {
    Leasing leasing =
        store
            .transactions()
            .inTransaction(() ->
                switch (store.chunks().lockNext(job, clock.instant())) {
                  case NextChunk.Ready ready -> lease(ready.chunk(), worker, leaseTime, first);
                  case NextChunk.Later later -> new Leasing.NotBefore(later.notBefore());
                  case NextChunk.None _ -> new Leasing.Done();
                });
    if (leasing instanceof Leasing.Leased || leasing instanceof Leasing.Swept) {
      feed.changed(job);
    }
    return leasing;
  }

  private Leasing lease(LockedChunk locked, WorkerId worker, Duration leaseTime, FirstMarks first) {
    Instant now = clock.instant();
    Chunk chunk = locked.chunk();
    if (locked.terms().sweep(now).isPresent()) {
      return sweep(locked, now);
    }
    if (!locked.terms().mayHandOver(now)) {
      return new Leasing.Done();
    }
    if (!locked.dispatchOn()) {
      return new Leasing.SwitchedOff();
    }
    List<Integer> rescued = new ArrayList<>();
    chunk.rescue(rescued::add);
    List<StoredMessage> messages = store.messages().load(chunk.key(), chunk.first(), chunk.size());
    List<Settled.Marked> marked = marking.mark(locked, first.of(locked, messages, rescued), now);
    if (!begins(locked, marked, now)) {
      return new Leasing.Done();
    }
    boolean closed =
        writer.save(locked, new LeaseChange.Take(worker, leaseTime), Kept.NOTHING, now);
    return new Leasing.Leased(
        new LeasedChunk(
            chunk.key(),
            chunk.first(),
            chunk.size(),
            new Lease(worker, locked.fence() + 1),
            messages,
            new Settled(marked, true, true, closed)));
  }

  private Leasing sweep(LockedChunk locked, Instant now) {
    locked.chunk().rescue(_ -> {});
    locked.terms().sweep(now).ifPresent(locked.chunk()::moveAll);
    writer.save(locked, new LeaseChange.Release(null, Map.of()), Kept.NOTHING, now);
    return new Leasing.Swept();
  }

  /// Gives back what an owner leased and marked without ever hearing of it: nothing of it was
  /// handed over.
  public void forgo(JobId job, WorkerId owner) {
    store
        .transactions()
        .run(() -> {
          for (LockedChunk locked : store.chunks().lockHeldBy(job, owner)) {
            Marking.takeBack(locked.chunk(), List.of(), _ -> false);
            Instant now = clock.instant();
            LeaseChange release = new LeaseChange.Release(now, locked.dueTimes());
            writer.save(locked, release, Kept.NOTHING, now);
          }
        });
    feed.changed(job);
  }

  /// Settles answers and, while the lease is alive and the job runs, marks the next messages and
  /// prolongs the lease, in one commit. Answers of a holder that has lost its lease are facts all
  /// the same.
  public Settled settle(
      ChunkKey key, Lease lease, List<Answer> answers, Marks marks, Duration leaseTime) {
    Settled settled =
        store
            .transactions()
            .inTransaction(() -> {
              LockedChunk locked = lockOne(key);
              Kept kept = rules.apply(locked, answers);
              store.log().appendAttempts(key, kept.answered());
              store.log().appendMissingAttempts(key, kept.unconfirmed());
              return settle(locked, lease, kept, marks, new LeaseChange.Prolong(leaseTime));
            });
    feed.changed(key.job());
    return settled;
  }

  /// The same for answers that were to be settled before and nobody heard whether they were: those
  /// that are facts already change nothing. What the lost commit marked, and what was not taken
  /// according to these answers, is given back while the lease is alive: nobody else can have
  /// handed it over.
  ///
  /// @param handedOver whether the holder of the lease has handed over the message at a position
  ///   and waits for its answer
  public Settled settleAgain(
      ChunkKey key,
      Lease lease,
      List<Answer> answers,
      IntPredicate handedOver,
      Duration leaseTime) {
    Settled settled =
        store
            .transactions()
            .inTransaction(() -> {
              LockedChunk locked = lockOne(key);
              List<Answer> counting = answers.stream().filter(Answer::counts).toList();
              if (isMine(locked, lease)) {
                Marking.takeBack(locked.chunk(), counting, handedOver);
              }
              Kept kept = rules.apply(locked, counting);
              store.log().appendMissingAttempts(key, kept.attempts());
              return settle(locked, lease, kept, Marks.NONE, new LeaseChange.Prolong(leaseTime));
            });
    feed.changed(key.job());
    return settled;
  }

  /// Gives a lease up; the chunk may be leased again when due.
  ///
  /// @param dueTimes positions that have to wait longer than that
  public void release(ChunkKey key, Lease lease, Instant nextDue, Map<Integer, Instant> dueTimes) {
    store
        .transactions()
        .run(() ->
            settle(
                lockOne(key),
                lease,
                Kept.NOTHING,
                Marks.NONE,
                new LeaseChange.Release(nextDue, dueTimes)));
    feed.changed(key.job());
  }

  private Settled settle(
      LockedChunk locked, Lease lease, Kept kept, Marks marks, LeaseChange change) {
    Instant now = clock.instant();
    boolean mine = isMine(locked, lease);
    boolean runs = locked.dispatchOn() && locked.terms().mayHandOver(now);
    locked.terms().sweep(now).ifPresent(locked.chunk()::moveAll);
    List<Settled.Marked> marked =
        mine && runs && locked.open() ? marking.mark(locked, marks, now) : List.of();
    if (!begins(locked, marked, now)) {
      marked.forEach(message -> Marking.giveBack(locked.chunk(), message.position()));
      marked = List.of();
    }
    LeaseChange becomes = mine ? change : new LeaseChange.Keep();
    boolean closed = writer.save(locked, becomes, kept, now);
    return new Settled(marked, mine, runs, closed || !locked.open());
  }

  /// Whether what was marked may be handed over: the first of a job begins it, unless it was paused
  /// since its chunk was locked.
  private boolean begins(LockedChunk locked, List<Settled.Marked> marked, Instant now) {
    return marked.isEmpty()
        || locked.terms().status() != JobStatus.PENDING
        || life.begin(locked.chunk().key().job(), now);
  }

  private static boolean isMine(LockedChunk locked, Lease lease) {
    return locked.leased() && locked.fence() == lease.fence();
  }

  private LockedChunk lockOne(ChunkKey key) {
    return store.chunks().lock(List.of(key)).getFirst();
  }

  /// Where it is stored.
  public record Store(
      Transactions transactions,
      ChunkRepository chunks,
      MessageRepository messages,
      DeliveryLog log,
      Ledger ledger,
      CarrierNumbers numbers) {}
}
