package dev.carillon.application.dispatch;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Marks;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// One worker's time with one chunk: settles whatever has been answered and marks the next messages
/// in the same commit, so that the carrier's window stays full, until the chunk closes, has to
/// wait, is another job's turn, or is lost to another worker.
final class ChunkRun {
  /// A worker stays with a chunk that waits no longer than this for permits.
  private static final Duration SHORT_WAIT = Duration.ofMillis(250);

  /// When what is left of a chunk waits for nothing that is known, it is looked at again then.
  private static final Duration WITHOUT_REASON = Duration.ofSeconds(5);

  /// How often it is tried to settle while the store is away.
  private static final Duration STORE_AWAY = Duration.ofMillis(200);

  /// As much of a window may be awaited elsewhere while the worker turns to the next chunk.
  private static final int SHARE_OF_TAIL = 4;

  /// Whether the turn is over is looked at this often.
  private static final Duration LONGEST_LOOK = Duration.ofMillis(500);

  private static final DispatchOutcome CANNOT_BE_RENDERED =
      new DispatchOutcome.Rejected(Reason.SYSTEM_ERROR, "cannot be rendered any more");

  private final Facts facts;
  private final Carrier carrier;
  private final int window;
  private final Waiting waiting;
  private final Gate gate;
  private final Parcels parcels;
  private final Turn turn;
  private final InstantSource clock;
  private final Duration linger;
  private final AnswerBox box;
  private final InFlight inFlight;
  private boolean allMarked;
  private boolean awaited;

  /// @param allMarked whether the first look marked all that was ready
  ChunkRun(
      Facts facts,
      Carrier carrier,
      int window,
      Waiting waiting,
      Gate gate,
      Parcels parcels,
      Turn turn,
      InstantSource clock,
      Duration linger,
      boolean allMarked) {
    this.facts = facts;
    this.carrier = carrier;
    this.window = window;
    this.waiting = waiting;
    this.gate = gate;
    this.parcels = parcels;
    this.turn = turn;
    this.clock = clock;
    this.linger = linger;
    this.inFlight = facts.inFlight();
    this.allMarked = allMarked;
    this.box = new AnswerBox(carrier.id(), 2 * window, clock, this::mayGo, facts::settleLate);
  }

  /// Works until the chunk is done here, or until only a few answers are missing; whether such a
  /// tail is left.
  boolean work() throws InterruptedException {
    boolean tail = false;
    try {
      handOver(facts.settled().marked());
      tail = isTail();
      while (!tail && isBusy()) {
        step();
        tail = isTail();
      }
    } finally {
      if (!tail) {
        end();
      }
    }
    return tail;
  }

  /// Waits for the tail that [#work] left.
  void awaitTail() throws InterruptedException {
    awaited = true;
    try {
      while (isBusy()) {
        step();
      }
    } finally {
      end();
    }
  }

  /// Whether nothing is left to do but to wait for a few answers.
  private boolean isTail() {
    return !mayMarkMore() && inFlight.size() > 0 && inFlight.size() <= window / SHARE_OF_TAIL;
  }

  private void step() throws InterruptedException {
    List<Answer> answers = inFlight.accept(box.take(longestWait(), linger, window / 2));
    answers.addAll(
        inFlight.timedOut(
            System.nanoTime(), carrier.id(), clock.instant(), carrier.answerTimeout()));
    note(answers);
    Marks marks = mayMark() ? gate.ask(room()) : Marks.NONE;
    if (answers.isEmpty() && marks.limit() == 0 && !facts.isBehind()) {
      return;
    }
    Instant asked = clock.instant();
    List<Settled.Marked> marked = facts.settle(answers, marks);
    gate.used(marks, marked.size());
    if (marks.limit() > 0 && !facts.isBehind()) {
      allMarked = marked.size() < marks.limit();
      if (allMarked) {
        // There was room for more: what was due and is not marked has been settled otherwise.
        waiting.dropDue(asked);
      }
    }
    turn.charge(marked.size());
    handOver(marked);
  }

  private void note(List<Answer> answers) {
    answers.forEach(waiting::note);
    if (carrier.isJudged()) {
      gate.note(answers);
    }
  }

  private void handOver(List<Settled.Marked> marked) {
    if (marked.isEmpty()) {
      return;
    }
    waiting.forget(marked);
    try {
      List<OutboundMessage> ready =
          parcels.of(marked, message -> box.answer(message, CANNOT_BE_RENDERED));
      if (!ready.isEmpty()) {
        carrier.submit(ready, box);
      }
    } finally {
      // Their time begins when the carrier has them all: it may have waited for room of its own.
      inFlight.add(marked, System.nanoTime() + carrier.answerTimeout().toNanos());
    }
  }

  /// Asked by the carrier right before the wire.
  private boolean mayGo() {
    return facts.mayHandOver() && turn.goesOn();
  }

  private boolean isBusy() {
    return inFlight.size() > 0 || facts.isBehind() || (mayMark() && waitsShortly());
  }

  private boolean mayMark() {
    return !facts.isBehind() && facts.mayHandOver() && turn.goesOn() && room() > 0 && mayMarkMore();
  }

  /// How many more may be in doubt: of a tail only the share of one.
  private int room() {
    return (awaited ? window / SHARE_OF_TAIL : window) - inFlight.size();
  }

  /// Whether anything of the chunk could be marked at some time in this turn.
  private boolean mayMarkMore() {
    boolean due = waiting.firstDue().map(time -> !time.isAfter(clock.instant())).orElse(false);
    return (!allMarked || due) && !turn.isOver();
  }

  private boolean waitsShortly() {
    return gate.opensAt().isBefore(clock.instant().plus(SHORT_WAIT));
  }

  private Duration longestWait() {
    Instant now = clock.instant();
    Duration most = facts.isBehind() ? STORE_AWAY : LONGEST_LOOK;
    if (inFlight.size() > 0) {
      most = shorter(most, Duration.ofNanos(inFlight.nanosToDeadline(System.nanoTime())));
    }
    if (mayMark()) {
      return shorter(most, until(gate.opensAt(), now));
    }
    boolean room = facts.mayHandOver() && !facts.isBehind() && room() > 0;
    Optional<Instant> due = room ? waiting.firstDue() : Optional.empty();
    return due.isPresent() ? shorter(most, until(due.get(), now)) : most;
  }

  /// Gives back what is not done: at once what only had no turn, later what has to wait.
  private void end() {
    List<Answer> rest = inFlight.accept(box.close());
    rest.addAll(inFlight.abandon(carrier.id(), clock.instant()));
    note(rest);
    facts.finish(rest, nextDue(), waiting.dueTimes());
    turn.end(!allMarked);
  }

  private Instant nextDue() {
    Instant now = clock.instant();
    if (turn.hoursChanged()) {
      return now;
    }
    Instant due = allMarked ? waiting.firstDue().orElse(now.plus(WITHOUT_REASON)) : now;
    return due.isAfter(gate.opensAt()) ? due : gate.opensAt();
  }

  private static Duration until(Instant time, Instant now) {
    Duration left = Duration.between(now, time);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
