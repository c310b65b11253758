package dev.carillon.domain.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A carrier's answer to one message: a value, never an exception.
public sealed interface DispatchOutcome {
  /// It took the message.
  ///
  /// @param carrierMessageId its own id of it, at most 255 characters; empty when it gave none
  record Accepted(String carrierMessageId) implements DispatchOutcome {}

  /// It refused the message for good.
  ///
  /// @param detail the carrier's own code and words, without personal data
  record Rejected(Reason reason, String detail) implements DispatchOutcome {}

  /// It is too busy: surely not taken, and the attempt does not count.
  ///
  /// @param retryAfter how long it asked to wait; null when it did not say
  record Throttled(@Nullable Duration retryAfter) implements DispatchOutcome {}

  /// Surely not taken, but worth another attempt.
  record Unreachable(Reason reason, String detail, @Nullable Duration retryAfter)
      implements DispatchOutcome {}

  /// It went out, and no answer came back: it may or may not have been taken.
  record Unconfirmed(String detail) implements DispatchOutcome {}

  /// It never reached the wire, because its hand-over was called off: the attempt does not count.
  record Withdrawn() implements DispatchOutcome {}
}
