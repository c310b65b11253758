package dev.carillon.application.dispatch;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Where a carrier's answers wait for the worker that handed the messages over. Bounded: what does
/// not fit, or comes after the worker has gone, goes where it said.
final class AnswerBox implements Carrier.HandOver {
  private final CarrierId carrier;
  private final InstantSource clock;
  private final BooleanSupplier mayGo;
  private final Consumer<Answer> late;
  private final LinkedBlockingQueue<Answer> answers;
  private boolean closed;

  AnswerBox(
      CarrierId carrier,
      int capacity,
      InstantSource clock,
      BooleanSupplier mayGo,
      Consumer<Answer> late) {
    this.carrier = carrier;
    this.answers = new LinkedBlockingQueue<>(capacity);
    this.clock = clock;
    this.mayGo = mayGo;
    this.late = late;
  }

  @Override
  public boolean mayGo() {
    return mayGo.getAsBoolean();
  }

  @Override
  public void answer(OutboundMessage message, DispatchOutcome outcome) {
    answer(
        new Settled.Marked(
            message.ref().position(), message.attempt(), message.possibleDuplicate()),
        outcome);
  }

  /// The answer to one that was marked and cannot be handed over.
  void answer(Settled.Marked message, DispatchOutcome outcome) {
    Answer answer =
        new Answer(
            message.position(),
            message.attempt(),
            message.resent(),
            outcome,
            carrier,
            clock.instant());
    if (!offer(answer)) {
      late.accept(answer);
    }
  }

  /// The answers that are there, waiting for the first of them as long as given and a moment more
  /// for others; empty when none came.
  List<Answer> take(Duration most, Duration linger, int enough) throws InterruptedException {
    List<Answer> taken = new ArrayList<>();
    Answer first = answers.poll(most.toNanos(), TimeUnit.NANOSECONDS);
    if (first == null) {
      return taken;
    }
    taken.add(first);
    answers.drainTo(taken);
    long end = System.nanoTime() + linger.toNanos();
    while (taken.size() < enough) {
      Answer next = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      taken.add(next);
      answers.drainTo(taken);
    }
    return taken;
  }

  /// Closes the box and returns what was still in it; later answers are late.
  synchronized List<Answer> close() {
    closed = true;
    return new ArrayList<>(answers);
  }

  private synchronized boolean offer(Answer answer) {
    return !closed && answers.offer(answer);
  }
}
