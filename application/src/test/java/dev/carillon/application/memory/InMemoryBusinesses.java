package dev.carillon.application.memory;

import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.StoppedBusinesses;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.BusinessId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Tenants in memory.
public final class InMemoryBusinesses implements Businesses, StoppedBusinesses {
  private final InMemoryStore store;
  private final Supplier<BusinessId> numbers;
  private final Map<Long, Business> rows = new ConcurrentSkipListMap<>();

  InMemoryBusinesses(InMemoryStore store, Supplier<BusinessId> numbers) {
    this.store = store;
    this.numbers = numbers;
  }

  @Override
  public Business insert(Profile profile, String currency, Terms terms, Instant now) {
    store.requireTransaction();
    Business made = new Business(numbers.get(), profile, currency, terms, null, now, now, 1);
    store.put(rows, made.id().value(), made);
    return made;
  }

  @Override
  public Optional<Business> find(BusinessId id) {
    return store.inTransaction(() -> Optional.ofNullable(rows.get(id.value())));
  }

  @Override
  public Optional<Business> lock(BusinessId id) {
    store.requireTransaction();
    return find(id);
  }

  @Override
  public void update(Business business) {
    store.requireTransaction();
    store.put(rows, business.id().value(), business);
  }

  @Override
  public Page<Business> list(boolean stoppedOnly, PageRequest page) {
    return store.inTransaction(() -> {
      List<Business> fitting =
          rows.values().stream().filter(row -> row.stopped() || !stoppedOnly).toList();
      List<Business> rest =
          fitting.stream()
              .filter(row -> row.id().value() > page.after().orElse(0))
              .skip(page.skip())
              .toList();
      List<Business> shown = rest.stream().limit(page.size()).toList();
      OptionalLong next =
          rest.size() > shown.size()
              ? OptionalLong.of(shown.getLast().id().value())
              : OptionalLong.empty();
      return new Page<>(shown, next, fitting.size());
    });
  }

  @Override
  public Set<BusinessId> stopped() {
    return store.inTransaction(() ->
        rows.values().stream()
            .filter(Business::stopped)
            .map(Business::id)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// Waits for nobody's transaction.
  @Override
  public boolean contains(BusinessId business) {
    Business row = rows.get(business.value());
    return row != null && row.stopped();
  }
}
