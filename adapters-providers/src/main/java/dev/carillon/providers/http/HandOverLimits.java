package dev.carillon.providers.http;

import java.time.Duration;

/// How messages go to one carrier over HTTP.
///
/// @param group most messages of one request
/// @param concurrency most requests at a time; not more than there are connections, else messages
///   wait for one after they were let go
/// @param patience longest wait for a turn; after that the message is given back as throttled
public record HandOverLimits(int group, int concurrency, Duration patience) {
  /// The answer time-out of a carrier that sends so.
  public Duration answerTimeout(HttpLimits limits) {
    return patience.plus(limits.whole());
  }
}
