package dev.carillon.application.credentials;

import dev.carillon.application.port.ApiKeys;
import dev.carillon.domain.business.ApiKeyId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Gathers when API keys are used, so that a call costs no write: what is gathered is stored now
/// and then. What a crash loses is half a minute of it.
public final class KeyUses {
  /// So many keys between two writes; uses of further ones are noted the next time.
  private static final int MOST = 10_000;

  private final ApiKeys keys;
  private final Map<ApiKeyId, Instant> gathered = new ConcurrentHashMap<>();

  public KeyUses(ApiKeys keys) {
    this.keys = keys;
  }

  void note(ApiKeyId key, Instant at) {
    if (gathered.size() < MOST || gathered.containsKey(key)) {
      gathered.put(key, at);
    }
  }

  /// Stores what was gathered. What cannot be stored is gathered still.
  public void store() {
    Map<ApiKeyId, Instant> taken = new HashMap<>(gathered);
    if (!taken.isEmpty()) {
      keys.noteUses(taken);
      taken.forEach(gathered::remove);
    }
  }
}
