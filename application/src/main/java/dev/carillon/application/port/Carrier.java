package dev.carillon.application.port;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.message.MessageRef;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Takes messages. Its answers are values; it throws only when it has a bug.
public interface Carrier {
  /// Its name.
  CarrierId id();

  /// What kind of carrier it is, such as `smpp`: for people.
  default String type() {
    return id().value();
  }

  /// The channels it serves.
  Set<Channel> channels();

  /// Most messages that one worker may have unanswered at it: what can be in doubt after a crash.
  int window();

  /// Whether its answers tell how it is doing as a whole, so that bad ones slow it down or stop it
  /// for a while; false where the outcome of each message is scripted by whoever sends it.
  default boolean isJudged() {
    return true;
  }

  /// How long it may take to answer; after that the message is UNKNOWN.
  Duration answerTimeout();

  /// Takes marked messages over and returns soon, at the latest when its own bounded queue has
  /// room. Every message gets exactly one answer, from any thread, in any order, during this call
  /// or later.
  void submit(List<OutboundMessage> messages, HandOver handOver);

  /// Its side that can be asked what became of messages whose answer was lost; empty when it has
  /// none.
  default Optional<Inquiry> inquiry() {
    return Optional.empty();
  }

  /// Tells what a carrier knows of messages it may have been given.
  interface Inquiry {
    /// What became of each; those it cannot tell of are left out. Takes at most the carrier's
    /// answer time-out.
    Map<MessageRef, Finding> ask(Collection<MessageRef> messages);
  }

  /// What a carrier knows of a message.
  sealed interface Finding {
    /// It took the message.
    ///
    /// @param carrierMessageId its own id of it; may be empty
    /// @param partIds its ids of the parts, as in [DispatchOutcome.Accepted]; empty where receipts
    ///   name our reference, or when they are not known
    record Taken(String carrierMessageId, List<String> partIds) implements Finding {
      public Taken {
        partIds = List.copyOf(partIds);
      }

      /// By a carrier whose receipts name our reference.
      public Taken(String carrierMessageId) {
        this(carrierMessageId, List.of());
      }
    }

    /// It surely never took it and never will, whatever is still on its way.
    record NeverTaken() implements Finding {}
  }

  /// What a worker gives along with its messages.
  interface HandOver {
    /// Asked right before the wire: false when the lease is over or the job was stopped. The answer
    /// is then Withdrawn.
    boolean mayGo();

    /// Tells the answer to one message. Never blocks for long and never throws.
    void answer(OutboundMessage message, DispatchOutcome outcome);
  }
}
