package dev.carillon.bootstrap.config;

import dev.carillon.application.Limits;
import dev.carillon.application.UploadLimits;
import dev.carillon.domain.content.ContentLimits;
import java.time.Duration;

/// Reads the limits of a submission.
final class LimitsConfig {
  private LimitsConfig() {}

  static UploadLimits readUploads(Section section) {
    return new UploadLimits(
        section.integer("recipients-per-chunk", 1, 10_000),
        section.integer("chunks-per-job", 1, 1_000_000),
        section.integer("uploaded-recipients-per-job", 1, 100_000_000),
        section.integer("chunk-rejected-shown", 0, 10_000),
        section.duration("open-age", Duration.ofMinutes(1), Duration.ofDays(30)));
  }

  static Limits read(Section section) {
    return new Limits(
        section.integer("recipients-per-job", 1, 1_000_000),
        section.integer("stored-recipients-per-job", 1, 10_000_000),
        section.integer("chunk-size", 1, 10_000),
        new ContentLimits(
            section.integer("sms-parts", 1, 255),
            section.integer("whatsapp-characters", 1, 1 << 20),
            section.integer("email-line-characters", 1, 998),
            section.bytes("email-body", 1, 64 << 20),
            section.integer("email-headers", 1, 1_000)),
        section.integer("rejected-shown", 0, 10_000),
        section.duration("max-age", Duration.ofMinutes(1), Duration.ofDays(30)),
        section.integer("failure-percent", 0, 100));
  }
}
