package dev.carillon.domain.business;

/// Which world a credential belongs to. Jobs, messages, money and webhooks of one never touch the
/// other.
public enum Environment {
  /// Outcomes are scripted by the simulated carrier; nothing leaves the house, nothing is charged.
  TEST,
  /// Real carriers, real money.
  LIVE
}
