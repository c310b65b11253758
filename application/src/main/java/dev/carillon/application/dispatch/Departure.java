package dev.carillon.application.dispatch;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.List;

/// The one way out of the house, between mark and wire: messages go to the carriers of their lanes,
/// but for those that nobody must write to any more, that lead nowhere, or that have no words.
final class Departure {
  private static final DispatchOutcome CANNOT_BE_RENDERED =
      new DispatchOutcome.Rejected(Reason.SYSTEM_ERROR, "cannot be rendered any more");
  private static final DispatchOutcome WITHHELD = new DispatchOutcome.Withheld(Reason.SUPPRESSED);
  private static final DispatchOutcome WITHDRAWN = new DispatchOutcome.Withdrawn();

  /// What is answered here is in the box at once.
  private static final Duration ANSWERED = Duration.ofMinutes(1);

  private final Lanes lanes;
  private final StopList stops;
  private final Parcels parcels;
  private final AnswerBox box;
  private final InFlight inFlight;

  Departure(Lanes lanes, StopList stops, Parcels parcels, AnswerBox box, InFlight inFlight) {
    this.lanes = lanes;
    this.stops = stops;
    this.parcels = parcels;
    this.box = box;
    this.inFlight = inFlight;
  }

  /// Hands over messages that were just marked. A carrier that fails here, which is a bug, keeps
  /// none of the others from getting theirs.
  void handOver(List<Settled.Marked> marked) {
    RuntimeException failure = null;
    for (Ways.Load load : lanes.loads(marked)) {
      try {
        handOver(load);
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void handOver(Ways.Load load) {
    Lane lane = load.lane();
    if (lane == null) {
      load.messages().forEach(message -> box.answer(message, Lanes.NOWHERE));
      inFlight.add(load.messages(), ANSWERED);
      return;
    }
    try {
      List<OutboundMessage> ready =
          parcels.of(allowed(load.messages()), message -> box.answer(message, CANNOT_BE_RENDERED));
      if (!ready.isEmpty()) {
        lane.carrier().submit(ready, box.of(lane));
      }
    } finally {
      // Their time begins when the carrier has them all: it may have waited for room of its own.
      inFlight.add(load.messages(), lane.answerTimeout());
    }
  }

  /// Those that may be written to. While that cannot be found out nobody is.
  private List<Settled.Marked> allowed(List<Settled.Marked> marked) {
    try {
      return stops.passing(marked, parcels::address, message -> box.answer(message, WITHHELD));
    } catch (DomainException storeAway) {
      marked.forEach(message -> box.answer(message, WITHDRAWN));
      return List.of();
    }
  }
}
