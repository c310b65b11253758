package dev.carillon.domain.delivery;

/// Anything that a carrier tells of its own accord, later than its answer.
public sealed interface Notice {
  /// About a message, by the reference that the carrier echoed.
  record OfMessage(Receipt receipt) implements Notice {}

  /// About a message or a part of one, by the carrier's own id.
  record OfCarrierMessage(CarrierReceipt receipt) implements Notice {}

  /// That it took a message after all, when nobody waited for its answer any more.
  record OfLateAnswer(LateAnswer answer) implements Notice {}

  /// That somebody must not be written to any more.
  record OfOptOut(OptOut optOut) implements Notice {}
}
