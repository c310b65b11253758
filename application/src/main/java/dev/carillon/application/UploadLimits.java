package dev.carillon.application;

import java.time.Duration;

/// The configurable limits of an upload.
///
/// @param recipientsPerChunk most entries of one uploaded chunk, 1 to 10,000
/// @param chunksPerJob most uploaded chunks of a job, so that nobody cuts one into crumbs
/// @param recipientsPerJob most entries of a job
/// @param rejectedShown most left-out entries told in the acknowledgement of a chunk
/// @param openAge a job that was not started so long after it was made is cancelled
public record UploadLimits(
    int recipientsPerChunk,
    int chunksPerJob,
    int recipientsPerJob,
    int rejectedShown,
    Duration openAge) {
  /// 10,000 recipients a chunk, 100,000 chunks and 10,000,000 recipients a job, 100 left-out
  /// entries told, a day.
  public static final UploadLimits DEFAULTS =
      new UploadLimits(10_000, 100_000, 10_000_000, 100, Duration.ofDays(1));

  public UploadLimits {
    if (recipientsPerChunk < 1 || recipientsPerChunk > 10_000 || chunksPerJob < 1) {
      throw new IllegalArgumentException("a chunk has 1 to 10,000 recipients, a job 1 or more");
    }
    if (recipientsPerJob < 1 || rejectedShown < 0 || !openAge.isPositive()) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
