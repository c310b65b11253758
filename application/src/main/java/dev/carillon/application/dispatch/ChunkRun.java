package dev.carillon.application.dispatch;

import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Marks;
import dev.carillon.application.settling.Settled;
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

  /// Whether the turn is over is looked at this often.
  private static final Duration LONGEST_LOOK = Duration.ofMillis(500);

  private final Facts facts;
  private final Lanes lanes;
  private final Waiting waiting;
  private final Turn turn;
  private final InstantSource clock;
  private final Duration linger;
  private final AnswerBox box;
  private final Departure departure;
  private final InFlight inFlight;

  /// @param lanes which have been looked along for the first time
  ChunkRun(
      Facts facts,
      Lanes lanes,
      Waiting waiting,
      Parcels parcels,
      StopList stops,
      Turn turn,
      InstantSource clock,
      Duration linger) {
    this.facts = facts;
    this.lanes = lanes;
    this.waiting = waiting;
    this.turn = turn;
    this.clock = clock;
    this.linger = linger;
    this.inFlight = facts.inFlight();
    this.box =
        new AnswerBox(lanes::route, 2 * lanes.window(), clock, this::mayGo, facts::settleLate);
    this.departure = new Departure(lanes, stops, parcels, box, inFlight);
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
    lanes.awaitTail();
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
    return !mayMarkMore() && inFlight.size() > 0 && lanes.isTail();
  }

  private void step() throws InterruptedException {
    List<Answer> answers = inFlight.accept(box.take(longestWait(), linger, lanes.window() / 2));
    answers.addAll(inFlight.timedOut(System.nanoTime(), lanes::route, clock.instant()));
    note(answers);
    int permits = mayMark() ? lanes.ask(isDue()) : 0;
    if (answers.isEmpty() && permits == 0 && !facts.isBehind()) {
      return;
    }
    Instant asked = clock.instant();
    List<Settled.Marked> marked =
        facts.settle(answers, permits == 0 ? Marks.NONE : lanes.marks(waiting));
    if (permits > 0) {
      lanes.used(marked);
      if (!facts.isBehind() && lanes.looked(marked.size())) {
        // There was room for more: what was due and is not marked has been settled otherwise, or
        // waits for its carrier alone.
        waiting.dropDue(asked);
      }
    }
    turn.charge(marked.size());
    handOver(marked);
  }

  private void note(List<Answer> answers) {
    lanes.heard(answers);
    boolean goesOn = mayGo();
    answers.forEach(answer -> waiting.note(answer, goesOn));
  }

  private void handOver(List<Settled.Marked> marked) {
    if (!marked.isEmpty()) {
      waiting.forget(marked);
      departure.handOver(marked);
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
    return mayWork() && mayMarkMore() && lanes.hasRoom(isDue());
  }

  private boolean mayWork() {
    return !facts.isBehind() && facts.mayHandOver() && turn.goesOn();
  }

  /// Whether anything of the chunk could be marked at some time in this turn.
  private boolean mayMarkMore() {
    return (lanes.hasMore() || isDue()) && !turn.isOver();
  }

  /// Whether something that waited need not wait any longer.
  private boolean isDue() {
    return waiting.firstDue().map(time -> !time.isAfter(clock.instant())).orElse(false);
  }

  private boolean waitsShortly() {
    return lanes.opensAt(isDue()).isBefore(clock.instant().plus(SHORT_WAIT));
  }

  private Duration longestWait() {
    Instant now = clock.instant();
    Duration most = facts.isBehind() ? STORE_AWAY : LONGEST_LOOK;
    if (inFlight.size() > 0) {
      most = shorter(most, Duration.ofNanos(inFlight.nanosToDeadline(System.nanoTime())));
    }
    if (mayMark()) {
      return shorter(most, until(lanes.opensAt(isDue()), now));
    }
    boolean room = facts.mayHandOver() && !facts.isBehind() && lanes.hasRoom(true);
    Optional<Instant> due = room ? waiting.firstDue() : Optional.empty();
    return due.isPresent() ? shorter(most, until(due.get(), now)) : most;
  }

  /// Gives back what is not done: at once what only had no turn, later what has to wait.
  private void end() {
    List<Answer> rest = inFlight.accept(box.close());
    rest.addAll(inFlight.abandon(lanes::route, clock.instant()));
    note(rest);
    facts.finish(rest, nextDue(), waiting.dueTimes());
    turn.end(lanes.hasMore() && !lanes.opensForMore().isAfter(clock.instant()));
  }

  private Instant nextDue() {
    Instant now = clock.instant();
    if (turn.hoursChanged()) {
      return now;
    }
    Optional<Instant> due = waiting.firstDue().map(time -> later(time, lanes.opensAt()));
    if (lanes.hasMore()) {
      Instant more = later(now, lanes.opensForMore());
      return due.filter(time -> time.isBefore(more)).orElse(more);
    }
    return due.orElseGet(() -> later(now.plus(WITHOUT_REASON), lanes.opensAt()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Duration until(Instant time, Instant now) {
    Duration left = Duration.between(now, time);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
