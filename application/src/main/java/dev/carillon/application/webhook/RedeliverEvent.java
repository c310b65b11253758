package dev.carillon.application.webhook;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.EventLog;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.StoredEvent;
import java.util.Map;

/// Has an event that is still kept be delivered to an endpoint once more, under the same id,
/// however its delivery stood.
public final class RedeliverEvent {
  private static final String METHOD = "RedeliverEvent";

  private final Idempotency idempotency;
  private final WebhookEndpoints endpoints;
  private final EventLog events;
  private final WebhookDeliveries deliveries;

  public RedeliverEvent(
      Idempotency idempotency,
      WebhookEndpoints endpoints,
      EventLog events,
      WebhookDeliveries deliveries) {
    this.idempotency = idempotency;
    this.endpoints = endpoints;
    this.events = events;
    this.deliveries = deliveries;
  }

  /// Throws a DomainException: NotFound (the endpoint or the event), EndpointDisabled,
  /// RequestIdReused.
  public void handle(Command command) {
    EndpointId id = Endpoints.id(command.endpointId());
    var _ =
        idempotency.once(
            Idempotency.Request.of(
                command.caller().scope(),
                METHOD,
                command.requestId(),
                id.toString(),
                command.event().toString()),
            () -> redeliver(command, id),
            _ -> id);
  }

  private Map<String, String> redeliver(Command command, EndpointId id) {
    Endpoint endpoint = Endpoints.find(endpoints, command.caller().scope(), id);
    Endpoints.requireEnabled(endpoint);
    StoredEvent event =
        events
            .find(command.caller().scope(), command.event())
            .orElseThrow(() ->
                new DomainException(
                    new DomainError.NotFound(
                        DomainError.NotFound.Kind.EVENT, command.event().toString())));
    deliveries.redeliver(event, endpoint.id());
    return Map.of();
  }

  /// Which event to which endpoint.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String endpointId, EventId event, String requestId) {}
}
