package dev.carillon.application.memory;

import dev.carillon.application.port.Credentials;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keys and their holders in memory.
public final class InMemoryCredentials implements Credentials {
  private final Map<String, Caller> holders = new ConcurrentHashMap<>();

  /// Gives a key to a caller.
  public void grant(String apiKey, Caller caller) {
    holders.put(apiKey, caller);
  }

  /// Takes a key away.
  public void revoke(String apiKey) {
    holders.remove(apiKey);
  }

  @Override
  public Optional<Caller> byApiKey(String apiKey) {
    return Optional.ofNullable(holders.get(apiKey));
  }

  /// That of any caller of the business.
  @Override
  public Optional<Home> home(BusinessId business) {
    return holders.values().stream()
        .filter(caller -> caller.scope().business().equals(business))
        .findAny()
        .map(caller -> new Home(caller.defaultRegion(), caller.currency()));
  }
}
