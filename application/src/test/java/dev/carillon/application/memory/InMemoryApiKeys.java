package dev.carillon.application.memory;

import dev.carillon.application.port.ApiKeys;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is known about API keys, in memory.
public final class InMemoryApiKeys implements ApiKeys {
  private final InMemoryStore store;
  private final Map<ApiKeyId, Row> rows = new LinkedHashMap<>();
  private long numbers;

  InMemoryApiKeys(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public void insert(ApiKey key, String secret) {
    store.requireTransaction();
    store.put(rows, key.id(), new Row(++numbers, key, secret));
  }

  @Override
  public Optional<ApiKey> find(ApiKeyId id) {
    return store.inTransaction(() -> Optional.ofNullable(rows.get(id)).map(Row::key));
  }

  /// The key that opens with this secret.
  public Optional<ApiKey> bySecret(String secret) {
    return store.inTransaction(() ->
        rows.values().stream()
            .filter(row -> row.secret().equals(secret))
            .map(Row::key)
            .findFirst());
  }

  @Override
  public boolean revoke(ApiKeyId id, String by, Instant now) {
    store.requireTransaction();
    Row row = rows.get(id);
    if (row == null || row.key().life().revokedAt() != null) {
      return false;
    }
    ApiKey.Life life = row.key().life();
    store.put(rows, id, row.with(new ApiKey.Life(life.expiresAt(), life.lastUsedAt(), now, by)));
    return true;
  }

  @Override
  public Page<ApiKey> list(
      BusinessId business,
      @Nullable Environment environment,
      @Nullable Instant livingAt,
      PageRequest page) {
    return store.inTransaction(() -> {
      List<Row> fitting =
          rows.values().stream()
              .filter(row -> row.key().scope().business().equals(business))
              .filter(row -> environment == null || row.key().scope().environment() == environment)
              .filter(row -> livingAt == null || row.key().livesAt(livingAt))
              .sorted(Comparator.comparingLong(Row::number).reversed())
              .toList();
      List<Row> rest =
          fitting.stream()
              .filter(row -> row.number() < page.after().orElse(Long.MAX_VALUE))
              .skip(page.skip())
              .toList();
      List<Row> shown = rest.stream().limit(page.size()).toList();
      OptionalLong next =
          rest.size() > shown.size()
              ? OptionalLong.of(shown.getLast().number())
              : OptionalLong.empty();
      return new Page<>(shown.stream().map(Row::key).toList(), next, fitting.size());
    });
  }

  @Override
  public void noteUses(Map<ApiKeyId, Instant> uses) {
    store.run(() -> uses.forEach(this::noteUse));
  }

  private void noteUse(ApiKeyId id, Instant at) {
    Row row = rows.get(id);
    if (row == null) {
      return;
    }
    ApiKey.Life life = row.key().life();
    Instant before = life.lastUsedAt();
    if (before == null || before.isBefore(at)) {
      store.put(
          rows,
          id,
          row.with(new ApiKey.Life(life.expiresAt(), at, life.revokedAt(), life.revokedBy())));
    }
  }

  private record Row(long number, ApiKey key, String secret) {
    Row with(ApiKey.Life life) {
      return new Row(
          number,
          new ApiKey(
              key.id(),
              key.scope(),
              key.role(),
              key.name(),
              key.scopes(),
              key.createdAt(),
              key.createdBy(),
              life),
          secret);
    }
  }
}
