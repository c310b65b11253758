package dev.carillon.domain.business;

/// What a caller may do (the seeds' user-type).
public enum Role {
  /// A person or service of the business.
  USER,
  /// An administrator: businesses, keys, money.
  ADMIN_USER,
  /// Acts for a business.
  AGENT,
  /// Runs the service; sees every business's jobs, but only through audits.
  OPERATOR
}
