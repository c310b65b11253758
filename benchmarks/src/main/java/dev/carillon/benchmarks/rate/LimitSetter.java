package dev.carillon.benchmarks.rate;

/// Changes the rate limit of the carrier in a service that is running.
@FunctionalInterface
public interface LimitSetter {
  /// Sets it for all nodes; from the return on it counts.
  void set(int perSecond) throws Exception;
}
