package dev.carillon.application.admin;

import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.domain.business.Caller;

/// Shows whether messages are handed over at all, and if not, why.
public final class ShowDispatchSwitch {
  private final StoreWitness witness;

  public ShowDispatchSwitch(StoreWitness witness) {
    this.witness = witness;
  }

  /// As it stands now. Throws a DomainException: RoleRequired.
  public DispatchSwitch handle(Query query) {
    Rights.requireOperator(query.caller());
    return DispatchSwitch.of(witness);
  }

  /// Who asks.
  public record Query(Caller caller) {}
}
