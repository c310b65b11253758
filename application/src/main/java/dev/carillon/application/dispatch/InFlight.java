package dev.carillon.application.dispatch;

import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.IntFunction;

/// Which messages a worker has handed over and not had an answer to, and until when it waits. Safe
/// for use by the carrier's threads, which bring answers after the worker has gone.
final class InFlight {
  private static final int CARRIER_NUMBERS = 256;

  private final Map<Integer, HandedOver> open = new HashMap<>();
  private final int[] openAt = new int[CARRIER_NUMBERS];
  private final Map<Integer, Settled.Marked> overdue = new HashMap<>();
  private final Set<Integer> left = new HashSet<>();
  private final Queue<Batch> batches = new PriorityQueue<>(Batch::earlier);

  /// Notes what has just been handed over.
  ///
  /// @param timeout so long its answers are awaited
  synchronized void add(List<Settled.Marked> marked, Duration timeout) {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    for (Settled.Marked message : marked) {
      HandedOver before = open.put(message.position(), new HandedOver(message, deadlineNanos));
      if (before != null) {
        openAt[before.message().carrier()]--;
      }
      openAt[message.carrier()]++;
      left.remove(message.position());
    }
    batches.add(new Batch(marked, deadlineNanos, timeout));
  }

  /// Keeps of the answers those that tell something new: each attempt once, and of those that were
  /// given up nothing that says again that no answer came.
  synchronized List<Answer> accept(List<Answer> answers) {
    List<Answer> accepted = new ArrayList<>(answers.size());
    for (Answer answer : answers) {
      if (closes(answer) || (closesOverdue(answer) && isKnown(answer))) {
        accepted.add(answer);
      }
    }
    return accepted;
  }

  /// Gives up waiting for what has had its time: those are Unconfirmed.
  ///
  /// @param routes why the message at a position went where it went
  synchronized List<Answer> timedOut(long nowNanos, IntFunction<Route> routes, Instant now) {
    List<Answer> lost = new ArrayList<>();
    while (!batches.isEmpty() && batches.element().deadlineNanos() - nowNanos <= 0) {
      Batch batch = batches.remove();
      for (Settled.Marked message : batch.marked()) {
        // What was given back and handed over again has the same attempt, and more time.
        if (open.remove(message.position(), new HandedOver(message, batch.deadlineNanos()))) {
          openAt[message.carrier()]--;
          overdue.put(message.position(), message);
          lost.add(unconfirmed(message, routes, now, batch.lateness()));
        }
      }
    }
    return lost;
  }

  /// Gives up waiting for all of them.
  synchronized List<Answer> abandon(IntFunction<Route> routes, Instant now) {
    List<Answer> lost = new ArrayList<>();
    for (HandedOver message : open.values()) {
      overdue.put(message.message().position(), message.message());
      lost.add(unconfirmed(message.message(), routes, now, "broken off before its answer"));
    }
    open.clear();
    Arrays.fill(openAt, 0);
    batches.clear();
    return lost;
  }

  /// The answers to these are brought to the store by others than this run, later.
  synchronized void leaveToOthers(List<Answer> answers) {
    answers.forEach(answer -> left.add(answer.position()));
  }

  /// Whether the message at a position was handed over, and its answer has still to be settled by
  /// whoever has it.
  synchronized boolean holds(int position) {
    return open.containsKey(position) || left.contains(position);
  }

  synchronized int size() {
    return open.size();
  }

  /// How many of them the carrier of that number has.
  synchronized int size(int carrier) {
    return openAt[carrier];
  }

  /// How long until the first of them has had its time.
  synchronized long nanosToDeadline(long nowNanos) {
    Batch first = batches.peek();
    return first == null ? Long.MAX_VALUE : Math.max(0, first.deadlineNanos() - nowNanos);
  }

  private boolean closes(Answer answer) {
    HandedOver known = open.get(answer.position());
    if (known == null || !isTo(known.message(), answer)) {
      return false;
    }
    open.remove(answer.position());
    openAt[known.message().carrier()]--;
    return true;
  }

  private boolean closesOverdue(Answer answer) {
    Settled.Marked known = overdue.get(answer.position());
    boolean closes = known != null && isTo(known, answer) && known.resent() == answer.resent();
    if (closes) {
      overdue.remove(answer.position());
    }
    return closes;
  }

  /// What was given back is handed over again under the same number, maybe to another carrier.
  private static boolean isTo(Settled.Marked message, Answer answer) {
    return message.attempt() == answer.attempt() && message.carrier() == answer.carrier();
  }

  private static boolean isKnown(Answer answer) {
    return !(answer.outcome() instanceof DispatchOutcome.Unconfirmed);
  }

  private static Answer unconfirmed(
      Settled.Marked message, IntFunction<Route> routes, Instant now, String detail) {
    return new Answer(
        message.position(),
        message.attempt(),
        message.resent(),
        new DispatchOutcome.Unconfirmed(detail),
        routes.apply(message.position()),
        message.carrier(),
        now);
  }

  private record HandedOver(Settled.Marked message, long deadlineNanos) {}

  private record Batch(List<Settled.Marked> marked, long deadlineNanos, Duration timeout) {
    /// By nanoTime, which may pass the largest number.
    static int earlier(Batch one, Batch other) {
      return Long.signum(one.deadlineNanos - other.deadlineNanos);
    }

    String lateness() {
      return "no answer within " + timeout.toMillis() + " ms";
    }
  }
}
