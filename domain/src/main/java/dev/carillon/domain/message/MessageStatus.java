package dev.carillon.domain.message;

/// Where one message stands, as callers see it. Derived from its [MessageState], which says who
/// moves it on.
public enum MessageStatus {
  /// Its job has not started.
  PENDING,
  /// Waiting for an attempt, or at the carrier without an answer yet.
  QUEUED,
  /// A carrier took it.
  SENT,
  /// A receipt says that it arrived.
  DELIVERED,
  /// A receipt says that it was read.
  READ,
  /// Taken, then a receipt said no.
  UNDELIVERED,
  /// Refused for good, or attempts used up.
  FAILED,
  /// Its time ran out before hand-over.
  EXPIRED,
  /// Cancelled before hand-over.
  CANCELLED,
  /// Handed over, the answer lost.
  UNKNOWN,
  /// Left out at acceptance.
  REJECTED
}
