package dev.carillon.application;

import dev.carillon.domain.content.ContentLimits;

/// The configurable limits of a submission.
///
/// @param recipientsPerJob most entries of one CreateBulkJob
/// @param chunkSize messages per chunk, 1 to 10,000
/// @param content limits of what is said
/// @param rejectedShown most left-out entries told in the answer
public record Limits(
    int recipientsPerJob, int chunkSize, ContentLimits content, int rejectedShown) {
  /// 50,000 recipients (S3), 500 messages per chunk, 1,000 left-out entries told.
  public static final Limits DEFAULTS = new Limits(50_000, 500, ContentLimits.DEFAULTS, 1_000);

  public Limits {
    if (recipientsPerJob < 1 || chunkSize < 1 || chunkSize > 10_000 || rejectedShown < 0) {
      throw new IllegalArgumentException("limits are positive, and a chunk has at most 10,000");
    }
  }
}
