package dev.carillon.application.port;

import java.time.Instant;

/// Makes room for what will be stored and forgets what was kept long enough.
public interface Retention {
  /// Makes sure that there is room for the jobs of the near future. Returns how many parts of the
  /// store were made; doing it again makes none.
  int prepare();

  /// Forgets request ids that are older, at most `limit`; returns how many.
  int forgetRequests(Instant before, int limit);

  /// Forgets what was counted for quotas that are over by then, at most `limit` keys and days each;
  /// returns how many.
  int forgetQuotas(Instant before, int limit);

  /// Forgets jobs that settled before that time, at most `limit`; returns how many. Jobs are
  /// forgotten by the large range of numbers, when all of a range are over; from then on nobody
  /// finds them.
  int forgetJobs(Instant settledBefore, int limit);

  /// Forgets what only the upload of a job needed, of jobs that are not OPEN any more: at most
  /// `limit` of the keys and what else there is; returns how much, 0 when there is none.
  int forgetUploads(int limit);

  /// Forgets erasures that ended before that time, at most `limit`; returns how many.
  int forgetErasures(Instant endedBefore, int limit);

  /// Has searches over all jobs find the newest messages as fast as the others. Throws a
  /// DomainException (StoreUnavailable) when others are at them just now.
  int makeSearchable();

  /// Frees the room of one part of what belonged to forgotten jobs; false when there is none.
  /// Throws a DomainException (StoreUnavailable) when others are at it just now.
  boolean free(Instant settledBefore);
}
