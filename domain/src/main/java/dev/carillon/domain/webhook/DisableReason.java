package dev.carillon.domain.webhook;

/// Why the house switched an endpoint off. Its owner switches it on again.
public enum DisableReason {
  /// Its receiver said that it is gone for good (status 410).
  GONE,
  /// Nothing but failures for days.
  FAILING
}
