package dev.carillon.application.webhook;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.webhook.EndpointId;
import java.time.InstantSource;
import java.util.Map;

/// Deletes an endpoint with its secrets. What waits for it is never sent; an attempt that is under
/// way comes to its end.
public final class DeleteEndpoint {
  private static final String METHOD = "DeleteEndpoint";

  private final Idempotency idempotency;
  private final WebhookEndpoints endpoints;
  private final InstantSource clock;

  public DeleteEndpoint(Idempotency idempotency, WebhookEndpoints endpoints, InstantSource clock) {
    this.idempotency = idempotency;
    this.endpoints = endpoints;
    this.clock = clock;
  }

  /// Throws a DomainException: NotFound, RequestIdReused.
  public void handle(Command command) {
    EndpointId id = Endpoints.id(command.endpointId());
    var _ =
        idempotency.once(
            Idempotency.Request.of(
                command.caller().scope(), METHOD, command.requestId(), id.toString()),
            () -> delete(command, id),
            _ -> id);
  }

  private Map<String, String> delete(Command command, EndpointId id) {
    if (!endpoints.delete(command.caller().scope(), id, clock.instant())) {
      throw Endpoints.notFound(command.endpointId());
    }
    return Map.of();
  }

  /// Which endpoint, by its public id.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String endpointId, String requestId) {}
}
