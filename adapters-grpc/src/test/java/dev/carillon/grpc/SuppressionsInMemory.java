package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.carillon.application.Idempotency;
import dev.carillon.application.admin.Trail;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.suppression.AddSuppressions;
import dev.carillon.application.suppression.ListSuppressions;
import dev.carillon.application.suppression.RemoveSuppressions;
import java.time.InstantSource;

/// The use cases of addresses that must not be written to, over a store in memory.
final class SuppressionsInMemory extends AbstractModule {
  private final InMemoryStore store;
  private final Numbering numbering;
  private final InstantSource clock;

  SuppressionsInMemory(InMemoryStore store, Numbering numbering, InstantSource clock) {
    this.store = store;
    this.numbering = numbering;
    this.clock = clock;
  }

  @Provides
  AddSuppressions add() {
    return new AddSuppressions(idempotency(), store.suppressions(), numbering, clock, _ -> {});
  }

  @Provides
  RemoveSuppressions remove() {
    return new RemoveSuppressions(
        idempotency(), store.suppressions(), numbering, new Trail(store.trail(), clock));
  }

  @Provides
  ListSuppressions list() {
    return new ListSuppressions(store.suppressions(), numbering);
  }

  private Idempotency idempotency() {
    return new Idempotency(store, store.keys(), clock);
  }
}
