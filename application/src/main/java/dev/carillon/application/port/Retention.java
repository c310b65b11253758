package dev.carillon.application.port;

import java.time.Instant;

/// Makes room for what will be stored and forgets what was kept long enough.
public interface Retention {
  /// Makes sure that there is room for the jobs of the near future. Returns how many parts of the
  /// store were made; doing it again makes none.
  int prepare();

  /// Forgets request ids that are older, at most `limit`; returns how many.
  int forgetRequests(Instant before, int limit);

  /// Forgets jobs that settled before that time, at most `limit`; returns how many. Jobs are
  /// forgotten by the large range of numbers, when all of a range are over; from then on nobody
  /// finds them.
  int forgetJobs(Instant settledBefore, int limit);

  /// Frees the room of one part of what belonged to forgotten jobs; false when there is none.
  /// Throws a DomainException (StoreUnavailable) when others are at it just now.
  boolean free(Instant settledBefore);
}
