package dev.carillon.bootstrap;

import dev.carillon.application.keeping.StalledJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells those who run the service of jobs that stand still without a reason.
final class StalledJobLog {
  private static final Logger log = LoggerFactory.getLogger(StalledJobLog.class);

  private StalledJobLog() {}

  static void tell(StalledJob job) {
    log.warn(
        "job {} is {} and has not moved since {}, {}",
        job.bulkId(),
        job.status(),
        job.changedAt(),
        job.routed() ? "for no known reason" : "since no route leads to a carrier");
  }
}
