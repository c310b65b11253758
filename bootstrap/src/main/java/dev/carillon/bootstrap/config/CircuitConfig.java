package dev.carillon.bootstrap.config;

import dev.carillon.providers.pacing.PacingConfig;
import java.time.Duration;

/// Reads when a carrier counts as failing.
final class CircuitConfig {
  private CircuitConfig() {}

  static PacingConfig read(Section section) {
    PacingConfig read =
        new PacingConfig(
            section.share("failure-share"),
            section.integer("window", 1, Integer.MAX_VALUE),
            section.integer("least-answers", 1, Integer.MAX_VALUE),
            section.integer("unreached-in-a-row", 1, Integer.MAX_VALUE),
            section.duration("open-time", Duration.ofMillis(1), Duration.ofDays(1)),
            section.integer("trials", 1, Integer.MAX_VALUE));
    read.problems().forEach(section::problemOf);
    return read.problems().isEmpty() ? read : PacingConfig.DEFAULT;
  }
}
