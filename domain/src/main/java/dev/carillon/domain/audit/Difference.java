package dev.carillon.domain.audit;

import org.jspecify.annotations.Nullable;

/// Something stored of a job that does not agree with something else.
///
/// @param chunk where; null when it concerns the job as a whole
/// @param position of the message; null when it concerns more than one
/// @param what in words, without personal data
public record Difference(@Nullable Integer chunk, @Nullable Integer position, String what) {
  /// What it concerns: `job`, `chunk 3` or `message 17`.
  public String subject() {
    if (position != null) {
      return "message " + position;
    }
    return chunk == null ? "job" : "chunk " + chunk;
  }

  static Difference ofJob(String what) {
    return new Difference(null, null, what);
  }

  static Difference ofChunk(int chunk, String what) {
    return new Difference(chunk, null, what);
  }

  static Difference ofMessage(int chunk, int position, String what) {
    return new Difference(chunk, position, what);
  }
}
