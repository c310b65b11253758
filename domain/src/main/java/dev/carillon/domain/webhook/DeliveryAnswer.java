package dev.carillon.domain.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of one attempt to deliver an event.
public sealed interface DeliveryAnswer {
  /// Most bytes of an answer's body that are kept, in UTF-8.
  int MOST_EXCERPT_BYTES = 1_024;

  /// From the first look at the host's name to the end.
  Duration took();

  /// Whether the receiver has it: it said so with a status of 200 to 299 (Standard Webhooks,
  /// "Verifying the delivery").
  boolean delivered();

  /// Whether it says how the receiver does; otherwise nobody has asked it.
  boolean tellsOfReceiver();

  /// What may be kept of it, when it is about an event. A receiver may say back whom a message went
  /// to, or the caller's reference, and its words would outlive the erasure of the message: of what
  /// it says to events of messages none are kept.
  default DeliveryAnswer keptOf(OutwardEvent event) {
    return event instanceof MessageEvent && this instanceof Answered answered
        ? new Answered(answered.status(), answered.retryAfter(), "", answered.took())
        : this;
  }

  /// The receiver answered.
  ///
  /// @param status of HTTP
  /// @param retryAfter how long it asks to be left alone; null when it does not
  /// @param excerpt the beginning of its answer's body; empty where none of it is kept
  record Answered(int status, @Nullable Duration retryAfter, String excerpt, Duration took)
      implements DeliveryAnswer {
    private static final int OK = 200;
    private static final int FIRST_REDIRECT = 300;

    /// The status by which a receiver says that it is gone for good (Standard Webhooks).
    private static final int GONE = 410;

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    @Override
    public boolean delivered() {
      return status >= OK && status < FIRST_REDIRECT;
    }

    @Override
    public boolean tellsOfReceiver() {
      return true;
    }

    /// Whether the receiver has too much to do for now.
    public boolean busy() {
      return status == TOO_MANY || status == UNAVAILABLE;
    }

    /// Whether the receiver wants to hear nothing any more.
    public boolean gone() {
      return status == GONE;
    }

    @Override
    public String toString() {
      return "Answered[" + status + "]";
    }
  }

  /// No answer came.
  record Unanswered(Cause cause, Duration took) implements DeliveryAnswer {
    @Override
    public boolean delivered() {
      return false;
    }

    @Override
    public boolean tellsOfReceiver() {
      return cause != Cause.SECRET_UNREADABLE;
    }
  }

  /// Why no answer came.
  enum Cause {
    /// Not all of the answer was there in time.
    TIMED_OUT,
    /// The host's name could not be looked up, or stands for an address that nothing may be sent
    /// to. Which of the two is not told: names of the network inside are nobody's business.
    UNKNOWN_HOST,
    /// Nothing may be sent to the address that the URL names.
    ADDRESS_REFUSED,
    /// No connection could be made.
    NO_CONNECTION,
    /// The connection is not one to the host that was meant, or not encrypted well enough.
    TLS_FAILED,
    /// The connection broke before the answer was there.
    BROKEN_OFF,
    /// What came is no answer of HTTP.
    NOT_HTTP,
    /// The signing secret cannot be read with the key that the house has.
    SECRET_UNREADABLE
  }
}
