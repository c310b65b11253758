package dev.carillon.application.model;

import dev.carillon.application.settling.Marks;
import dev.carillon.domain.message.CarrierChoice;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/// What a worker wants to mark.
///
/// @param window at most so many
/// @param ready whether the message at a position need not wait
/// @param to the number of the carrier it would give the message at a position to; -1 when that one
///   has no time now
record Wish(int window, IntPredicate ready, IntUnaryOperator to) {
  static final Wish NONE = new Wish(0, _ -> false, _ -> 0);

  /// As many, for the job's own provider.
  static Wish all(int window) {
    return new Wish(window, _ -> true, _ -> 0);
  }

  Marks marks() {
    return new Marks(window, ready, this::choose);
  }

  private int choose(int position, int boundTo) {
    int number = to.applyAsInt(position);
    return number == -1 || boundTo == CarrierChoice.ANY ? number : boundTo;
  }
}
