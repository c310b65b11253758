package dev.carillon.application.dispatch;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Where carriers' answers wait for the worker that handed the messages over. Bounded: what does
/// not fit, or comes after the worker has gone, goes where it said.
final class AnswerBox {
  private final IntFunction<Route> routes;
  private final InstantSource clock;
  private final BooleanSupplier mayGo;
  private final Consumer<Answer> late;
  private final LinkedBlockingQueue<Answer> answers;
  private boolean closed;

  /// @param routes why the message at a position went where it went last; asked by any thread
  AnswerBox(
      IntFunction<Route> routes,
      int capacity,
      InstantSource clock,
      BooleanSupplier mayGo,
      Consumer<Answer> late) {
    this.routes = routes;
    this.answers = new LinkedBlockingQueue<>(capacity);
    this.clock = clock;
    this.mayGo = mayGo;
    this.late = late;
  }

  /// The slot in which a lane's carrier puts its answers.
  Carrier.HandOver of(Lane lane) {
    return new Slot(this, lane.id(), lane.number());
  }

  /// The answer to one that was marked and is not handed over.
  void answer(Settled.Marked message, DispatchOutcome outcome) {
    put(
        new Answer(
            message.position(),
            message.attempt(),
            message.resent(),
            outcome,
            routes.apply(message.position()),
            message.carrier(),
            clock.instant()));
  }

  private void answer(Slot slot, OutboundMessage message, DispatchOutcome outcome) {
    Route route = routes.apply(message.ref().position());
    put(
        new Answer(
            message.ref().position(),
            message.attempt(),
            message.possibleDuplicate(),
            outcome,
            // An answer that comes again may be about an earlier way.
            route.carrier().equals(slot.carrier) ? route : new Route(slot.carrier, ""),
            slot.number,
            clock.instant()));
  }

  private void put(Answer answer) {
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

  private record Slot(AnswerBox box, CarrierId carrier, int number) implements Carrier.HandOver {
    @Override
    public boolean mayGo() {
      return box.mayGo.getAsBoolean();
    }

    @Override
    public void answer(OutboundMessage message, DispatchOutcome outcome) {
      box.answer(this, message, outcome);
    }
  }
}
