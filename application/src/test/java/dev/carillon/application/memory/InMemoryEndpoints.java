package dev.carillon.application.memory;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointHealth;
import dev.carillon.domain.webhook.EndpointId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Endpoints in memory.
public final class InMemoryEndpoints implements WebhookEndpoints {
  private final InMemoryStore store;
  private final Map<EndpointId, Row> rows = new LinkedHashMap<>();
  private LongConsumer beginnings = _ -> {};
  private long numbers;

  InMemoryEndpoints(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public int lockedCount(Scope scope) {
    store.requireTransaction();
    return of(scope).size();
  }

  @Override
  public void insert(Endpoint endpoint) {
    store.requireTransaction();
    store.put(rows, endpoint.id(), new Row(++numbers, endpoint, EndpointHealth.GOOD, Instant.MIN));
  }

  @Override
  public Optional<Endpoint> find(Scope scope, EndpointId id) {
    return store.inTransaction(() -> row(scope, id).map(Row::endpoint));
  }

  @Override
  public Optional<Endpoint> lock(Scope scope, EndpointId id) {
    store.requireTransaction();
    return find(scope, id);
  }

  @Override
  public void update(Endpoint endpoint) {
    store.requireTransaction();
    Row row = row(endpoint.scope(), endpoint.id()).orElseThrow();
    boolean anew =
        endpoint.details().enabled()
            && (!row.endpoint().details().enabled()
                || !row.endpoint().details().url().equals(endpoint.details().url()));
    put(
        new Row(
            row.number(),
            endpoint,
            anew ? EndpointHealth.GOOD : row.health(),
            anew ? Instant.MIN : row.openUntil()));
    if (anew) {
      beginnings.accept(row.number());
    }
  }

  /// Who wants to know the numbers of those that begin anew.
  void tellBeginningsTo(LongConsumer listener) {
    beginnings = listener;
  }

  @Override
  public boolean delete(Scope scope, EndpointId id, Instant now) {
    store.requireTransaction();
    Optional<Row> row = row(scope, id);
    row.ifPresent(known -> {
      rows.remove(id);
      store.undoBy(() -> rows.put(id, known));
    });
    return row.isPresent();
  }

  @Override
  public Page<Endpoint> list(Scope scope, PageRequest page) {
    return store.inTransaction(() -> {
      return Pages.of(
              of(scope).stream().sorted(Comparator.comparingLong(Row::number).reversed()).toList(),
              Row::number,
              page)
          .map(Row::endpoint);
    });
  }

  Collection<Row> all() {
    return List.copyOf(rows.values());
  }

  Optional<Row> row(Scope scope, EndpointId id) {
    return Optional.ofNullable(rows.get(id)).filter(row -> row.endpoint().scope().equals(scope));
  }

  void put(Row row) {
    store.put(rows, row.endpoint().id(), row);
  }

  private List<Row> of(Scope scope) {
    return rows.values().stream().filter(row -> row.endpoint().scope().equals(scope)).toList();
  }

  /// An endpoint with how it does.
  record Row(long number, Endpoint endpoint, EndpointHealth health, Instant openUntil) {}
}
