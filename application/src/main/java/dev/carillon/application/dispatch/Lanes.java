package dev.carillon.application.dispatch;

import dev.carillon.application.port.StoredMessage;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Marks;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.message.Chunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The carriers of one run: each with a window of its own, so that a slow one keeps no message
/// waiting that goes to another.
final class Lanes {
  /// As much of a window may be awaited elsewhere while the worker turns to the next chunk.
  private static final int SHARE_OF_TAIL = 4;

  /// The answer to a message that no route leads anywhere.
  static final DispatchOutcome NOWHERE =
      new DispatchOutcome.Rejected(Reason.ROUTE_REFUSED, "no route leads there");

  private final List<Lane> routed;
  private final Pathfinder pathfinder;
  private final InFlight inFlight;
  private List<Lane> lanes;
  private Ways ways;
  private int granted;
  private int asked;
  private boolean awaited;

  /// @param routed those that the routes name, at least one
  /// @param pathfinder finds the ways of a chunk once it is known
  /// @param inFlight what the run has handed over
  Lanes(List<Lane> routed, Pathfinder pathfinder, InFlight inFlight) {
    this.routed = routed;
    this.pathfinder = pathfinder;
    this.inFlight = inFlight;
    this.lanes = routed;
    this.ways = new OneWay(routed.getFirst());
  }

  /// The chunk that is being leased is known. Called inside the leasing transaction, and again if
  /// that has to be repeated.
  void find(Chunk chunk, List<StoredMessage> messages) {
    lanes = new ArrayList<>(routed);
    lanes.addAll(pathfinder.bound(chunk, routed));
    lanes.forEach(Lane::begin);
    ways = pathfinder.ways(chunk, messages, lanes);
  }

  /// Takes permits for as many as there is room for; returns how many. They are used up, or given
  /// back, by [#used].
  ///
  /// @param due whether something waits no longer, whichever lane it goes by
  int ask(boolean due) {
    granted = 0;
    boolean closes = false;
    // Each comes first in its turn: what they share, such as the job's own limit, is for all.
    int start = asked++;
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get(Math.floorMod(start + i, lanes.size()));
      boolean before = lane.isClosed();
      granted += lane.ask(due || lane.hasMore() ? room(lane) : 0);
      closes |= lane.isClosed() && !before;
    }
    if (closes) {
      // What waited for it may go by the others.
      lanes.forEach(Lane::expectMore);
    }
    return granted;
  }

  /// The marks that the permits allow.
  Marks marks(Waiting waiting) {
    return granted == 0 ? Marks.NONE : new Marks(granted, waiting::isReady, ways);
  }

  /// These were marked by the permits that were taken last.
  void used(List<Settled.Marked> marked) {
    for (Lane lane : lanes) {
      lane.used(ways.countBy(lane, marked));
    }
  }

  /// So many were marked by the marks that were asked for last; whether the chunk was looked
  /// through to its end for more.
  boolean looked(int marked) {
    boolean toItsEnd = marked < granted;
    lanes.forEach(lane -> lane.looked(toItsEnd));
    return toItsEnd;
  }

  /// Messages that were just marked, sorted by their lanes.
  List<Ways.Load> loads(List<Settled.Marked> marked) {
    return ways.loads(marked);
  }

  /// Why the message at a position goes where it went last. May be asked by any thread.
  Route route(int position) {
    return ways.route(position);
  }

  /// Answers that came in; those by which another carrier is tried say so, and the circuits learn
  /// from all.
  List<Answer> heard(List<Answer> answers) {
    if (!answers.isEmpty()) {
      if (ways.heard(answers)) {
        lanes.forEach(Lane::expectMore);
      }
      note(answers);
    }
    return answers;
  }

  private void note(List<Answer> answers) {
    if (lanes.size() == 1) {
      lanes.getFirst().note(answers);
      return;
    }
    for (Lane lane : lanes) {
      lane.note(
          answers.stream()
              .filter(answer -> answer.route().carrier().equals(lane.id()))
              .filter(answer -> !answer.outcome().equals(NOWHERE))
              .toList());
    }
  }

  /// Only a tail is awaited from now on, which keeps no more than its share of each window full.
  void awaitTail() {
    awaited = true;
  }

  /// Whether so few answers are missing that they may be awaited elsewhere.
  boolean isTail() {
    return lanes.stream()
        .allMatch(lane -> inFlight.size(lane.number()) <= lane.window() / SHARE_OF_TAIL);
  }

  /// Whether something of the chunk could be marked if there were permits and room.
  boolean hasMore() {
    return lanes.stream().anyMatch(Lane::hasMore);
  }

  /// Whether one that something may wait for has room.
  boolean hasRoom(boolean due) {
    return lanes.stream().anyMatch(lane -> isWaitedFor(lane, due));
  }

  /// When the first of those that something may wait for, and that have room, has permits.
  Instant opensAt(boolean due) {
    return lanes.stream()
        .filter(lane -> isWaitedFor(lane, due))
        .map(Lane::opensAt)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /// When the first of those that something waits for has permits.
  Instant opensForMore() {
    return lanes.stream()
        .filter(Lane::hasMore)
        .map(Lane::opensAt)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /// When the first of all has permits.
  Instant opensAt() {
    return lanes.stream().map(Lane::opensAt).min(Instant::compareTo).orElse(Instant.EPOCH);
  }

  /// Most messages unanswered of all together.
  int window() {
    return lanes.stream().mapToInt(Lane::window).sum();
  }

  /// The longest that one of them may take to answer.
  Duration longestAnswerTimeout() {
    return lanes.stream().map(Lane::answerTimeout).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  private boolean isWaitedFor(Lane lane, boolean due) {
    return (due || lane.hasMore()) && room(lane) > 0;
  }

  /// How many more may be in doubt: of a tail only the share of one.
  private int room(Lane lane) {
    int most = awaited ? lane.window() / SHARE_OF_TAIL : lane.window();
    return most - inFlight.size(lane.number());
  }
}
