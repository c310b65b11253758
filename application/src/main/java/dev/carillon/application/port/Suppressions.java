package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.util.Collection;
import java.util.Set;

/// Knows who must not be written to.
public interface Suppressions {
  /// Those of the normalised addresses that are on the scope's list for the channel.
  Set<String> among(Scope scope, Channel channel, Collection<String> addresses);
}
