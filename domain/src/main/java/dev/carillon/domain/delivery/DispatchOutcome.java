package dev.carillon.domain.delivery;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A carrier's answer to one message: a value, never an exception.
public sealed interface DispatchOutcome {
  /// It took the message.
  ///
  /// @param carrierMessageId its own id of it, at most 255 characters; empty when it gave none
  /// @param partIds its ids of the parts, in order and in the form in which receipts will be looked
  ///   up by them; empty where receipts name our reference
  record Accepted(String carrierMessageId, List<String> partIds) implements DispatchOutcome {
    public Accepted {
      partIds = List.copyOf(partIds);
    }

    /// By a carrier whose receipts name our reference.
    public Accepted(String carrierMessageId) {
      this(carrierMessageId, List.of());
    }
  }

  /// It refused the message for good.
  ///
  /// @param detail the carrier's own code and words, without personal data
  record Rejected(Reason reason, String detail) implements DispatchOutcome {}

  /// It is too busy: surely not taken, and the attempt does not count.
  ///
  /// @param retryAfter how long it asked to wait; null when it did not say
  record Throttled(@Nullable Duration retryAfter) implements DispatchOutcome {}

  /// Surely not taken, but worth another attempt.
  ///
  /// @param answered whether the carrier said so itself, which may concern this message alone;
  ///   false where it could not be reached at all
  record Unreachable(Reason reason, String detail, @Nullable Duration retryAfter, boolean answered)
      implements DispatchOutcome {
    /// The carrier said so itself.
    public Unreachable(Reason reason, String detail, @Nullable Duration retryAfter) {
      this(reason, detail, retryAfter, true);
    }

    /// There was no connection over which the carrier could have been asked.
    public static Unreachable noContact(Reason reason, String detail) {
      return new Unreachable(reason, detail, null, false);
    }
  }

  /// It went out, and no answer came back: it may or may not have been taken.
  record Unconfirmed(String detail) implements DispatchOutcome {}

  /// It was held back right before the wire because of what is known of its recipient by now: the
  /// attempt does not count.
  record Withheld(Reason reason) implements DispatchOutcome {}

  /// It never reached the wire, because its hand-over was called off: the attempt does not count.
  record Withdrawn() implements DispatchOutcome {}
}
