package dev.carillon.application.dispatch;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.settling.Answer;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One carrier as a run uses it: its window, the permits for it, and whether anything of the chunk
/// still waits for it.
final class Lane {
  private final Carrier carrier;
  private final int number;
  private final int window;
  private final Gate gate;
  private int granted;
  private int left;
  private boolean wanted;
  private boolean more = true;

  /// @param number by which the job's chunks remember the carrier
  /// @param window most messages unanswered
  Lane(Carrier carrier, int number, int window, Gate gate) {
    this.carrier = carrier;
    this.number = number;
    this.window = window;
    this.gate = gate;
  }

  Carrier carrier() {
    return carrier;
  }

  CarrierId id() {
    return carrier.id();
  }

  int number() {
    return number;
  }

  int window() {
    return window;
  }

  Duration answerTimeout() {
    return carrier.answerTimeout();
  }

  /// Takes permits for at most so many messages, which the next marks may use; returns how many.
  int ask(int most) {
    granted = gate.ask(most);
    return granted;
  }

  /// So many of the permits were used; the rest is given back.
  void used(int marked) {
    gate.giveBack(granted - marked);
    granted = 0;
  }

  /// The messages that are to be marked are chosen, for the first time or anew.
  void begin() {
    left = granted;
    wanted = false;
  }

  /// Takes one of the permits for a message; false when there is none left, so that it waits.
  boolean take() {
    if (left == 0) {
      wanted = true;
      return false;
    }
    left--;
    return true;
  }

  /// A message waits until the carrier may be asked again.
  void await() {
    wanted = true;
  }

  /// Nothing but what there are permits for goes to the carrier for a while, because it fails, is
  /// on trial or is switched off.
  boolean isClosed() {
    return gate.isClosed();
  }

  /// Whether a message is better given to another carrier, if there is one.
  boolean isPassedOver() {
    return left == 0 && gate.isClosed();
  }

  /// Before that time there are no permits.
  Instant opensAt() {
    return gate.opensAt();
  }

  /// The chunk was looked through for messages to be marked.
  ///
  /// @param toItsEnd whether all of it was
  void looked(boolean toItsEnd) {
    more = wanted || !toItsEnd;
  }

  /// Something of the chunk may wait for the carrier again.
  void expectMore() {
    more = true;
  }

  /// Whether something of the chunk may wait for the carrier and nothing else.
  boolean hasMore() {
    return more;
  }

  /// Learns from what the carrier answered.
  void note(List<Answer> answers) {
    if (carrier.isJudged()) {
      gate.note(answers);
    }
  }
}
