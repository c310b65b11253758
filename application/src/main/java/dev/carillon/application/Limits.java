package dev.carillon.application;

import dev.carillon.domain.content.ContentLimits;
import java.time.Duration;

/// The configurable limits of a submission, and what holds where it does not say.
///
/// @param recipientsPerJob most entries of one CreateBulkJob
/// @param storedRecipientsPerJob most of a group or another selection of stored recipients
/// @param chunkSize messages per chunk, 1 to 10,000
/// @param content limits of what is said
/// @param rejectedShown most left-out entries told in the answer
/// @param maxAge what still waits so long after a job's start is EXPIRED, unless its owner says
///   when
/// @param failurePercent a job pauses itself when so many percent of its messages failed, unless
///   its owner says otherwise; 0 for never
public record Limits(
    int recipientsPerJob,
    int storedRecipientsPerJob,
    int chunkSize,
    ContentLimits content,
    int rejectedShown,
    Duration maxAge,
    int failurePercent) {
  /// 50,000 recipients (S3), 5,000,000 stored ones, 500 messages per chunk, 1,000 left-out entries
  /// told, three days, no pause.
  public static final Limits DEFAULTS =
      new Limits(50_000, 5_000_000, 500, ContentLimits.DEFAULTS, 1_000, Duration.ofDays(3), 0);

  public Limits {
    if (recipientsPerJob < 1 || storedRecipientsPerJob < 1 || rejectedShown < 0) {
      throw new IllegalArgumentException("limits are positive");
    }
    if (chunkSize < 1 || chunkSize > 10_000) {
      throw new IllegalArgumentException("a chunk has 1 to 10,000 messages");
    }
    if (!maxAge.isPositive() || failurePercent < 0 || failurePercent > 100) {
      throw new IllegalArgumentException("an age is positive, and a percentage 0 to 100");
    }
  }
}
