package dev.carillon.application.port;

import java.time.Duration;
import java.util.Collection;

/// Rate limits that all nodes share: permits are taken from the store, never divided by a number of
/// nodes.
public interface Permits {
  /// Takes as many as every one of the limits allows, at most `wanted`; nothing is kept of what
  /// only some of them allowed. Of each limit at most what it yields in a fifth of a second (at
  /// least one) can have been saved up.
  ///
  /// @param ahead whether it may take a little of what will be there soon, so that it never waits
  ///   behind others; bounded by a fifth of a second
  Grant take(Collection<Limit> limits, int wanted, boolean ahead);

  /// Puts permits back that were not used.
  void giveBack(Collection<Limit> limits, int unused);

  /// One limit.
  ///
  /// @param key what it limits, such as `carrier:simulated`
  /// @param perSecond more than 0; a change is in force with the next call, on every node
  record Limit(String key, double perSecond) {}

  /// What was taken.
  ///
  /// @param retryAfter when nothing was: when the scarcest limit will have something
  record Grant(int permits, Duration retryAfter) {}
}
