package dev.carillon.application.keeping;

import dev.carillon.application.port.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Makes room ahead and forgets what was kept long enough: request ids, what uploads needed while
/// their jobs were OPEN, what quotas are over, and jobs with everything that belongs to them.
public final class TidyUp {
  private static final int REQUESTS = 10_000;
  private static final int JOBS = 5_000;
  private static final int ERASURES = 10_000;
  private static final int UPLOADED = 50_000;
  private static final int QUOTAS = 10_000;

  /// Longer than any quota lasts.
  private static final Duration QUOTAS_KEPT = Duration.ofDays(7);

  private final Retention retention;
  private final InstantSource clock;
  private final Settings settings;

  public TidyUp(Retention retention, InstantSource clock, Settings settings) {
    this.retention = retention;
    this.clock = clock;
    this.settings = settings;
  }

  /// Does a part of it; returns how much was forgotten.
  public int handle() {
    Instant now = clock.instant();
    retention.prepare();
    int forgotten = retention.forgetRequests(now.minus(settings.requestsKept()), REQUESTS);
    forgotten += retention.forgetUploads(UPLOADED);
    forgotten += retention.forgetQuotas(now.minus(QUOTAS_KEPT), QUOTAS);
    if (settings.jobsKept().isZero()) {
      return forgotten;
    }
    Instant settledBefore = now.minus(settings.jobsKept());
    forgotten += retention.forgetJobs(settledBefore, JOBS);
    forgotten += retention.forgetErasures(settledBefore, ERASURES);
    return forgotten + (retention.free(settledBefore) ? 1 : 0);
  }

  /// How long what is kept.
  ///
  /// @param requestsKept at least 24 h
  /// @param jobsKept after they settled, and erasures after they ended; zero for ever
  public record Settings(Duration requestsKept, Duration jobsKept) {
    /// A week, and ninety days.
    public static final Settings DEFAULTS = new Settings(Duration.ofDays(7), Duration.ofDays(90));

    public Settings {
      if (requestsKept.compareTo(Duration.ofHours(24)) < 0 || jobsKept.isNegative()) {
        throw new IllegalArgumentException("request ids are kept for 24 h or more");
      }
    }
  }
}
