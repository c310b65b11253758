package dev.carillon.application.memory;

import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Suppressed addresses in memory.
public final class InMemorySuppressions implements Suppressions {
  private final Set<Entry> entries = ConcurrentHashMap.newKeySet();

  /// Puts an address on a list.
  public void add(Scope scope, Channel channel, String address) {
    entries.add(new Entry(scope, channel, address));
  }

  @Override
  public Set<String> among(Scope scope, Channel channel, Collection<String> addresses) {
    return addresses.stream()
        .filter(address -> entries.contains(new Entry(scope, channel, address)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private record Entry(Scope scope, Channel channel, String address) {}
}
