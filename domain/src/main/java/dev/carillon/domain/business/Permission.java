package dev.carillon.domain.business;

/// One kind of thing that a caller may do. A role has some of them ([Role#permissions]); the scopes
/// of an API key can only leave some of those out.
public enum Permission {
  /// Look at jobs, their messages and their progress, at events, and at endpoints of webhooks.
  READ,
  /// Estimate, create, upload, start, change, pause, resume, cancel and retry jobs.
  SEND,
  /// Look at recipients, groups and suppressions.
  CONTACTS_READ,
  /// Change recipients, groups and suppressions.
  CONTACTS_WRITE,
  /// Look at templates, and at what they come to.
  TEMPLATES_READ,
  /// Change templates.
  TEMPLATES_WRITE,
  /// Look at the balance, its entries and the prices.
  BILLING_READ,
  /// Top up and set prices.
  BILLING_WRITE,
  /// Make, list and revoke API keys, and look at who changed what.
  KEYS,
  /// Make, change, test and delete endpoints of webhooks; have events delivered again.
  WEBHOOKS,
  /// Make, change, stop and resume businesses.
  BUSINESSES,
  /// Look after carriers, limits, stalled jobs and the switch of dispatch; count any job again.
  OPERATE
}
