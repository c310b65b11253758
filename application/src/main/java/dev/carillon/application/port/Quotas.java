package dev.carillon.application.port;

import dev.carillon.application.port.Permits.Grant;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.RecentJobs;
import dev.carillon.domain.business.Scope;
import java.time.LocalDate;

/// Counts over all nodes what callers may do only so often. What is counted inside a transaction is
/// counted only if that is committed.
public interface Quotas {
  /// What was set for a business, as it was a few seconds ago at most; what is configured for all
  /// where nothing was.
  QuotaLimits limits(BusinessId business);

  /// When a key made its latest jobs, as far as that is committed; waits for nobody.
  RecentJobs recentJobs(Scope scope, String principal);

  /// The same, locked until the caller's transaction ends, so that jobs of one key are counted one
  /// after the other.
  RecentJobs lockRecentJobs(Scope scope, String principal);

  /// Writes back what was locked in the same transaction.
  void keepRecentJobs(Scope scope, String principal, RecentJobs jobs);

  /// Counts recipients of a day inside the caller's transaction, unless that would make them more
  /// than `most`; then nothing is counted and the answer is false. Others who count for the same
  /// business, environment and day wait for the end of the transaction.
  boolean addRecipients(Scope scope, LocalDate day, long recipients, long most);

  /// Takes requests of a key from its limit, at most `wanted`: a fact at once, whatever becomes of
  /// a transaction. What the limit yields in a second can have been saved up, not more; time is the
  /// store's.
  ///
  /// @param perSecond 1 or more; a change is in force with the next call, on every node
  Grant takeRequests(Scope scope, String principal, int perSecond, int wanted);
}
