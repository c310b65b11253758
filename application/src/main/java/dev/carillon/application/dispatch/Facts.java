package dev.carillon.application.dispatch;

import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Marks;
import dev.carillon.application.settling.Settled;
import dev.carillon.application.settling.Settling;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How the answers of one run become facts, also when the store is away for a while: what could not
/// be settled is kept and brought again, and a commit of which nobody heard is found out about.
final class Facts {
  private final Settling settling;
  private final LateAnswers late;
  private final LeaseKeeper keeper;
  private final ChunkKey key;
  private final KeptLease lease;
  private final Duration leaseTime;
  private final InFlight inFlight;
  private final List<Answer> unheard = new ArrayList<>();
  private volatile Settled settled;
  private boolean behind;

  /// @param inFlight what the run hands over
  Facts(
      Settling settling,
      LateAnswers late,
      LeaseKeeper keeper,
      LeasedChunk leased,
      InFlight inFlight,
      Duration leaseTime,
      long leasedAtNanos) {
    this.settling = settling;
    this.late = late;
    this.keeper = keeper;
    this.key = leased.key();
    this.inFlight = inFlight;
    this.leaseTime = leaseTime;
    this.settled = leased.settled();
    this.lease = keeper.keep(key, leased.lease(), leasedAtNanos);
  }

  /// What the run has handed over.
  InFlight inFlight() {
    return inFlight;
  }

  /// What the latest settling led to.
  Settled settled() {
    return settled;
  }

  /// Whether something has still to be settled, or found out about, because the store was away.
  boolean isBehind() {
    return behind;
  }

  /// Whether messages may be handed over, as far as is known here.
  boolean mayHandOver() {
    Settled latest = settled;
    return latest.leaseAlive() && latest.jobRuns() && !latest.closed() && lease.isAlive();
  }

  /// Settles answers and marks the next messages; returns those marked. When the store is away the
  /// answers are kept for the next call.
  List<Settled.Marked> settle(List<Answer> answers, Marks marks) {
    long before = System.nanoTime();
    unheard.addAll(answers);
    try {
      settled = behind ? settleAgain() : settleNow(marks);
    } catch (DomainException away) {
      requireStoreUnavailable(away);
      behind = true;
      return List.of();
    }
    behind = false;
    unheard.clear();
    if (settled.leaseAlive()) {
      lease.prolonged(before);
    } else {
      lease.lose();
    }
    return settled.marked();
  }

  /// Settles the last answers and gives the lease up. What the store does not take is brought to it
  /// later; a lease that it does not take back lapses.
  void finish(List<Answer> answers, Instant nextDue, Map<Integer, Instant> dueTimes) {
    keeper.forget(key, lease);
    try {
      if (behind || !answers.isEmpty()) {
        settle(answers, Marks.NONE);
      }
      if (!behind && settled.leaseAlive() && !settled.closed()) {
        settling.release(key, lease.lease(), nextDue, dueTimes);
      }
    } catch (DomainException away) {
      requireStoreUnavailable(away);
    } finally {
      lease.lose();
      unheard.forEach(answer -> late.offer(key, answer, true));
      unheard.clear();
    }
  }

  /// An answer that came after the run had given up waiting for it: a fact all the same.
  void settleLate(Answer answer) {
    List<Answer> facts = inFlight.accept(List.of(answer));
    inFlight.leaveToOthers(facts);
    facts.forEach(fact -> late.offer(key, fact, false));
  }

  private Settled settleNow(Marks marks) {
    return settling.settle(key, lease.lease(), unheard, marks, leaseTime);
  }

  private Settled settleAgain() {
    return settling.settleAgain(key, lease.lease(), unheard, inFlight::holds, leaseTime);
  }

  private static void requireStoreUnavailable(DomainException failure) {
    if (!(failure.error() instanceof DomainError.StoreUnavailable)) {
      throw failure;
    }
  }
}
