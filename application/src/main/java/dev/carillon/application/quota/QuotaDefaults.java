package dev.carillon.application.quota;

import dev.carillon.domain.business.QuotaLimits;

/// The configured quotas, which hold where nothing else was set for a business; 0 for none.
///
/// @param jobsPerHour jobs of one LIVE key within any hour
/// @param requestsPerSecond calls of one key
/// @param recipientsPerDay accepted recipients of a business's environment within a day (UTC)
public record QuotaDefaults(int jobsPerHour, int requestsPerSecond, long recipientsPerDay) {
  /// 100 jobs an hour (S3), 1,000 calls a second, any number of recipients.
  public static final QuotaDefaults DEFAULTS = new QuotaDefaults(100, 1_000, 0);

  /// No quotas at all.
  public static final QuotaDefaults NONE = new QuotaDefaults(0, 0, 0);

  public QuotaDefaults {
    if (jobsPerHour < 0 || requestsPerSecond < 0 || recipientsPerDay < 0) {
      throw new IllegalArgumentException("a quota is not negative");
    }
  }

  int jobsPerHour(QuotaLimits set) {
    return set.jobsPerHour().orElse(jobsPerHour);
  }

  int requestsPerSecond(QuotaLimits set) {
    return set.requestsPerSecond().orElse(requestsPerSecond);
  }

  long recipientsPerDay(QuotaLimits set) {
    return set.recipientsPerDay().orElse(recipientsPerDay);
  }
}
