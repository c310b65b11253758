package dev.carillon.application.webhook;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventId;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/// Sends a webhook.test to an endpoint, and to it alone: signed, tried and listed as any other
/// event.
public final class TestEndpoint {
  private static final String METHOD = "TestEndpoint";
  private static final String EVENT = "event_id";

  private final Idempotency idempotency;
  private final WebhookEndpoints endpoints;
  private final Outbox outbox;
  private final InstantSource clock;

  public TestEndpoint(
      Idempotency idempotency, WebhookEndpoints endpoints, Outbox outbox, InstantSource clock) {
    this.idempotency = idempotency;
    this.endpoints = endpoints;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// The id by which the test is found among the endpoint's deliveries. Throws a DomainException:
  /// NotFound, EndpointDisabled, RequestIdReused.
  public EventId handle(Command command) {
    EndpointId id = Endpoints.id(command.endpointId());
    return idempotency.once(
        Idempotency.Request.of(
            command.caller().scope(), METHOD, command.requestId(), id.toString()),
        () -> test(command.caller(), id),
        answer -> new EventId(UUID.fromString(answer.getOrDefault(EVENT, ""))));
  }

  private Map<String, String> test(Caller caller, EndpointId id) {
    Endpoints.requireEnabled(Endpoints.find(endpoints, caller.scope(), id));
    EventId event = outbox.append(caller.scope(), EndpointEvent.test(id, clock.instant()));
    return Map.of(EVENT, event.toString());
  }

  /// Which endpoint, by its public id.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String endpointId, String requestId) {}
}
