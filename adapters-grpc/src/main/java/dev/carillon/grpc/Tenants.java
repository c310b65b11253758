package dev.carillon.grpc;

import dev.carillon.application.port.Tenancy;
import dev.carillon.domain.business.Caller;
import java.util.function.UnaryOperator;

/// Lets what goes on on other threads than those of its call be done for the same tenant.
final class Tenants {
  private final Tenancy tenancy;

  Tenants(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  /// Binds work to the tenant of the current call. To be asked for by the call's handler; what it
  /// binds may run anywhere, at any time. Work that belongs to no call is bound to nobody.
  UnaryOperator<Runnable> ofCall() {
    return Callers.known()
        .map(Caller::scope)
        .<UnaryOperator<Runnable>>map(scope -> work -> () -> tenancy.run(scope, work))
        .orElse(work -> work);
  }
}
