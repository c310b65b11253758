package dev.carillon.application.port;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Takes messages. Its answers are values; it throws only when it has a bug.
public interface Carrier {
  /// Its name.
  CarrierId id();

  /// The channels it serves.
  Set<Channel> channels();

  /// Most messages that one worker may have unanswered at it: what can be in doubt after a crash.
  int window();

  /// How long it may take to answer; after that the message is UNKNOWN.
  Duration answerTimeout();

  /// Takes marked messages over and returns soon, at the latest when its own bounded queue has
  /// room. Every message gets exactly one answer, from any thread, in any order, during this call
  /// or later.
  void submit(List<OutboundMessage> messages, HandOver handOver);

  /// What a worker gives along with its messages.
  interface HandOver {
    /// Asked right before the wire: false when the lease is over or the job was stopped. The answer
    /// is then Withdrawn.
    boolean mayGo();

    /// Tells the answer to one message. Never blocks for long and never throws.
    void answer(OutboundMessage message, DispatchOutcome outcome);
  }
}
