package dev.carillon.grpc;

import java.util.Locale;
import java.util.OptionalLong;

/// The tokens by which a stream of progress goes on after a break: opaque, and good for one job.
final class ResumeTokens {
  private static final byte VERSION = 1;

  private ResumeTokens() {}

  /// The token of an event of this job.
  static String of(String bulkId, long version) {
    return seal(bulkId).write(version);
  }

  /// The version that a token stands for; none for an empty token. Throws InvalidFields when it is
  /// no token of this job.
  static OptionalLong version(String token, String bulkId) {
    if (token.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        seal(bulkId)
            .read(token)
            .orElseThrow(
                () -> Violations.one("resume_token", "must be a resume_token of this bulk job")));
  }

  private static SealedToken seal(String bulkId) {
    return SealedToken.of(VERSION, "WatchBulkJob", bulkId.toLowerCase(Locale.ROOT), new byte[0]);
  }
}
