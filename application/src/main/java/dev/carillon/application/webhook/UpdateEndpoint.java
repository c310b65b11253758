package dev.carillon.application.webhook;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.application.port.WebhookSender;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventType;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Changes an endpoint. One that was disabled by the house is enabled again by it.
public final class UpdateEndpoint {
  private static final String METHOD = "UpdateEndpoint";

  private final Idempotency idempotency;
  private final WebhookEndpoints endpoints;
  private final EndpointRules rules;
  private final InstantSource clock;

  public UpdateEndpoint(
      Idempotency idempotency,
      WebhookEndpoints endpoints,
      WebhookSender sender,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.endpoints = endpoints;
    this.rules = new EndpointRules(sender);
    this.clock = clock;
  }

  /// The endpoint as it is then. Throws a DomainException: InvalidFields, NotFound, EtagMismatch,
  /// RequestIdReused.
  public Endpoint handle(Command command) {
    EndpointId id = Endpoints.id(command.endpointId());
    Changes changes = command.changes();
    return idempotency.once(
        Idempotency.Request.of(
            command.caller().scope(),
            METHOD,
            command.requestId(),
            id.toString(),
            command.revision().toString(),
            Requests.text(changes.url()),
            Requests.types(changes.types()),
            Requests.text(changes.description()),
            Requests.text(changes.enabled())),
        () -> update(command, id),
        answer -> Endpoints.remembered(endpoints, command.caller().scope(), answer));
  }

  private Map<String, String> update(Command command, EndpointId id) {
    Endpoint endpoint = Endpoints.lock(endpoints, command.caller().scope(), id);
    if (command.revision().isPresent() && command.revision().getAsLong() != endpoint.revision()) {
      throw new DomainException(
          new DomainError.EtagMismatch(DomainError.NotFound.Kind.WEBHOOK_ENDPOINT, id.toString()));
    }
    EndpointDetails details = command.changes().of(endpoint.details());
    rules.check(details);
    if (!details.equals(endpoint.details())) {
      endpoints.update(endpoint.changed(details, clock.instant()));
    }
    return Endpoints.remember(id);
  }

  /// What to change of which endpoint.
  ///
  /// @param requestId may be empty
  /// @param revision that the caller has seen; empty to change it however it stands
  public record Command(
      Caller caller, String endpointId, String requestId, OptionalLong revision, Changes changes) {}

  /// What is to change; null keeps what there is.
  public record Changes(
      @Nullable String url,
      @Nullable Set<EventType> types,
      @Nullable String description,
      @Nullable Boolean enabled) {
    EndpointDetails of(EndpointDetails now) {
      return new EndpointDetails(
          Objects.requireNonNullElse(url, now.url()),
          Objects.requireNonNullElse(types, now.types()),
          Objects.requireNonNullElse(description, now.description()),
          Objects.requireNonNullElse(enabled, now.enabled()));
    }

    @Override
    public String toString() {
      return "UpdateEndpoint.Changes";
    }
  }
}
