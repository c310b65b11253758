package dev.carillon.application.admin;

import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.FlowLimits.CarrierLimits;
import dev.carillon.application.port.Reloads;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists the carriers of this house, by name, with their limits and how they are doing, and what
/// came of the last change of the configuration.
public final class ListCarriers {
  private final Carriers carriers;
  private final FlowLimits limits;
  private final FlowControl flow;
  private final Reloads reloads;
  private final InstantSource clock;

  public ListCarriers(
      Carriers carriers,
      FlowLimits limits,
      FlowControl flow,
      Reloads reloads,
      InstantSource clock) {
    this.carriers = carriers;
    this.limits = limits;
    this.flow = flow;
    this.reloads = reloads;
    this.clock = clock;
  }

  /// All of them. Throws a DomainException: RoleRequired.
  public Result handle(Query query) {
    Rights.requireOperator(query.caller());
    // Asked first: who is told of a reload is told of the carriers that it brought.
    Optional<Reloads.Reload> last = reloads.last();
    Instant now = clock.instant();
    Map<CarrierId, CarrierLimits> set = limits.carriers();
    List<CarrierView> views =
        carriers.all().stream()
            .map(carrier -> CarrierView.of(carrier, set, flow.standing(carrier.id()), now))
            .toList();
    return new Result(views, last);
  }

  /// Who asks.
  public record Query(Caller caller) {}

  /// The answer.
  ///
  /// @param carriers by name
  /// @param lastReload on this node; empty when the configuration was read only at its start
  public record Result(List<CarrierView> carriers, Optional<Reloads.Reload> lastReload) {
    public Result {
      carriers = List.copyOf(carriers);
    }
  }
}
