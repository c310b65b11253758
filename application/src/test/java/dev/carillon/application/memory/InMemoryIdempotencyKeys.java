package dev.carillon.application.memory;

import dev.carillon.application.port.IdempotencyKeys;
import dev.carillon.domain.business.Scope;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Request ids in memory.
public final class InMemoryIdempotencyKeys implements IdempotencyKeys {
  private final InMemoryStore store;
  private final Map<Key, Row> rows = new HashMap<>();

  InMemoryIdempotencyKeys(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public Claim claim(
      Scope scope, String method, String requestId, byte[] fingerprint, Instant now) {
    store.requireTransaction();
    Key key = new Key(scope, method, requestId);
    ByteBuffer print = ByteBuffer.wrap(fingerprint.clone());
    Optional<Row> known = Optional.ofNullable(rows.get(key));
    if (known.isEmpty()) {
      store.put(rows, key, new Row(print, Map.of()));
      return new Claim.First();
    }
    return known.get().fingerprint().equals(print)
        ? new Claim.Repeated(known.get().answer())
        : new Claim.Reused();
  }

  @Override
  public void answer(Scope scope, String method, String requestId, Map<String, String> answer) {
    store.requireTransaction();
    Key key = new Key(scope, method, requestId);
    Row row = Optional.ofNullable(rows.get(key)).orElseThrow();
    store.put(rows, key, new Row(row.fingerprint(), Map.copyOf(answer)));
  }

  /// How many ids are kept.
  public int size() {
    return store.inTransaction(rows::size);
  }

  private record Key(Scope scope, String method, String requestId) {}

  private record Row(ByteBuffer fingerprint, Map<String, String> answer) {}
}
