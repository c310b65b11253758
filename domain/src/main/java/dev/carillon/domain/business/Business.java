package dev.carillon.domain.business;

import java.time.Instant;

/// A tenant: owns recipients, groups, jobs, balance, keys and webhooks.
///
/// @param defaultRegion ISO 3166-1 alpha-2 region for numbers without a country code
/// @param currency ISO 4217 code of its money
public record Business(
    BusinessId id, String name, String defaultRegion, String currency, Instant createdAt) {}
