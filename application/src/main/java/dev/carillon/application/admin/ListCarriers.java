package dev.carillon.application.admin;

import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.FlowLimits.CarrierLimits;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Lists the carriers of this house, by name, with their limits and how they are doing.
public final class ListCarriers {
  private final Carriers carriers;
  private final FlowLimits limits;
  private final FlowControl flow;
  private final InstantSource clock;

  public ListCarriers(Carriers carriers, FlowLimits limits, FlowControl flow, InstantSource clock) {
    this.carriers = carriers;
    this.limits = limits;
    this.flow = flow;
    this.clock = clock;
  }

  /// All of them. Throws a DomainException: RoleRequired.
  public List<CarrierView> handle(Query query) {
    Operators.require(query.caller());
    Instant now = clock.instant();
    Map<CarrierId, CarrierLimits> set = limits.carriers();
    return carriers.all().stream()
        .map(carrier -> CarrierView.of(carrier, set, flow.standing(carrier.id()), now))
        .toList();
  }

  /// Who asks.
  public record Query(Caller caller) {}
}
