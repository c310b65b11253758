package dev.carillon.providers.http;

/// Sends requests to one carrier, each exactly once: never again by itself, follows no redirect.
/// Bounded in connections and time. Safe for use by many threads; blocks the one that calls.
public interface CarrierHttp extends AutoCloseable {
  /// Sends a request when there is a connection for it, waiting a bounded time.
  HttpResult send(HttpCall call);

  /// Ends its connections; what is under way is broken off.
  @Override
  void close();

  /// Makes them.
  interface Source {
    /// One for a carrier.
    CarrierHttp open(HttpLimits limits);
  }
}
