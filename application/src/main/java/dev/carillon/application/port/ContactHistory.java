package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/// Knows how often addresses were written to.
public interface ContactHistory {
  /// Most addresses of one question.
  int MOST_ADDRESSES = 10_000;

  /// How many messages of the scope over the channel each of the normalised addresses has in jobs
  /// that were accepted at or after `since`. Those left out are not counted, nor are jobs that are
  /// OPEN or were cancelled before they began; addresses without any are left out. Reads all
  /// messages of those jobs, and nothing when there are none.
  ///
  /// @param addresses at most [#MOST_ADDRESSES]
  Map<String, Integer> messagesSince(
      Scope scope, Channel channel, Collection<String> addresses, Instant since);
}
