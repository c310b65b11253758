package dev.carillon.application.memory;

import dev.carillon.application.port.Tenancy;
import dev.carillon.domain.business.Scope;
import java.util.Optional;
import java.util.function.Supplier;

/// Knows for which tenant the current thread works, and walls nothing off.
public final class InMemoryTenancy implements Tenancy {
  private final ScopedValue<Scope> bound = ScopedValue.newInstance();

  @Override
  public <T> T call(Scope scope, Supplier<T> work) {
    return ScopedValue.where(bound, scope).call(work::get);
  }

  /// The tenant; empty when nobody said.
  public Optional<Scope> current() {
    return bound.isBound() ? Optional.of(bound.get()) : Optional.empty();
  }
}
