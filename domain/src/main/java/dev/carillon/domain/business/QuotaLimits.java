package dev.carillon.domain.business;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// How much a business may do, where that differs from what is configured for all: empty means the
/// configured limit, 0 means without limit.
///
/// @param jobsPerHour jobs of one LIVE key within any hour
/// @param requestsPerSecond calls of one key
/// @param recipientsPerDay accepted recipients of one environment within a day (UTC)
public record QuotaLimits(
    OptionalInt jobsPerHour, OptionalInt requestsPerSecond, OptionalLong recipientsPerDay) {
  /// What is configured for all.
  public static final QuotaLimits CONFIGURED =
      new QuotaLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty());

  public QuotaLimits {
    if (jobsPerHour.orElse(0) < 0
        || requestsPerSecond.orElse(0) < 0
        || recipientsPerDay.orElse(0) < 0) {
      throw new IllegalArgumentException("a quota is not negative");
    }
  }
}
