package dev.carillon.application.dispatch;

import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/// Which messages a worker has handed over and not had an answer to, and until when it waits. Safe
/// for use by the carrier's threads, which bring answers after the worker has gone.
final class InFlight {
  private final Map<Integer, HandedOver> open = new HashMap<>();
  private final Map<Integer, Settled.Marked> overdue = new HashMap<>();
  private final Set<Integer> left = new HashSet<>();
  private final Queue<Batch> batches = new ArrayDeque<>();

  /// Notes what is about to be handed over.
  synchronized void add(List<Settled.Marked> marked, long deadlineNanos) {
    for (Settled.Marked message : marked) {
      open.put(message.position(), new HandedOver(message, deadlineNanos));
      left.remove(message.position());
    }
    batches.add(new Batch(marked, deadlineNanos));
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
  synchronized List<Answer> timedOut(
      long nowNanos, CarrierId carrier, Instant now, Duration timeout) {
    List<Answer> lost = new ArrayList<>();
    while (!batches.isEmpty() && batches.element().deadlineNanos() - nowNanos <= 0) {
      Batch batch = batches.remove();
      for (Settled.Marked message : batch.marked()) {
        // What was given back and handed over again has the same attempt, and more time.
        if (open.remove(message.position(), new HandedOver(message, batch.deadlineNanos()))) {
          overdue.put(message.position(), message);
          lost.add(
              unconfirmed(message, carrier, now, "no answer within " + timeout.toMillis() + " ms"));
        }
      }
    }
    return lost;
  }

  /// Gives up waiting for all of them.
  synchronized List<Answer> abandon(CarrierId carrier, Instant now) {
    List<Answer> lost = new ArrayList<>();
    for (HandedOver message : open.values()) {
      overdue.put(message.message().position(), message.message());
      lost.add(unconfirmed(message.message(), carrier, now, "broken off before its answer"));
    }
    open.clear();
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

  /// How long until the first of them has had its time.
  synchronized long nanosToDeadline(long nowNanos) {
    Batch first = batches.peek();
    return first == null ? Long.MAX_VALUE : Math.max(0, first.deadlineNanos() - nowNanos);
  }

  private boolean closes(Answer answer) {
    HandedOver known = open.get(answer.position());
    if (known == null || known.message().attempt() != answer.attempt()) {
      return false;
    }
    open.remove(answer.position());
    return true;
  }

  private boolean closesOverdue(Answer answer) {
    return overdue.remove(
        answer.position(),
        new Settled.Marked(answer.position(), answer.attempt(), answer.resent()));
  }

  private static boolean isKnown(Answer answer) {
    return !(answer.outcome() instanceof DispatchOutcome.Unconfirmed);
  }

  private static Answer unconfirmed(
      Settled.Marked message, CarrierId carrier, Instant now, String detail) {
    return new Answer(
        message.position(),
        message.attempt(),
        message.resent(),
        new DispatchOutcome.Unconfirmed(detail),
        carrier,
        now);
  }

  private record HandedOver(Settled.Marked message, long deadlineNanos) {}

  private record Batch(List<Settled.Marked> marked, long deadlineNanos) {}
}
