package dev.carillon.application.dispatch;

import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.message.CarrierChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// By which of a run's lanes each message of a chunk goes, and why.
interface Ways extends CarrierChoice {
  /// Messages that were just marked, sorted by their lanes, in order.
  List<Load> loads(List<Settled.Marked> marked);

  /// How many messages that were just marked go by a lane: those that lead nowhere go by none.
  int countBy(Lane lane, List<Settled.Marked> marked);

  /// Why the message at a position goes where it went last, or is about to go. May be asked by any
  /// thread.
  Route route(int position);

  /// Answers that came in: those by which another carrier may be tried are replaced by ones that
  /// say so. Whether there are any.
  boolean heard(List<Answer> answers);

  /// Messages for the same lane.
  ///
  /// @param lane null where nothing leads
  record Load(@Nullable Lane lane, List<Settled.Marked> messages) {}
}
