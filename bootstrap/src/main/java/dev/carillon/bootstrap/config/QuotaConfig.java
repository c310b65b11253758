package dev.carillon.bootstrap.config;

import dev.carillon.application.quota.QuotaDefaults;

/// Reads what callers may do only so often.
final class QuotaConfig {
  private QuotaConfig() {}

  static QuotaDefaults read(Section section) {
    return new QuotaDefaults(
        section.integer("jobs-per-hour", 0, 10_000),
        section.integer("requests-per-second", 0, 1_000_000),
        section.integer("recipients-per-day", 0, Integer.MAX_VALUE));
  }
}
