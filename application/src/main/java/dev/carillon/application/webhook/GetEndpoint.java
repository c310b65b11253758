package dev.carillon.application.webhook;

import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.webhook.Endpoint;

/// Shows an endpoint of the caller's business and environment.
public final class GetEndpoint {
  private final WebhookEndpoints endpoints;

  public GetEndpoint(WebhookEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  /// Throws a DomainException: NotFound.
  public Endpoint handle(Query query) {
    return Endpoints.find(endpoints, query.caller().scope(), Endpoints.id(query.endpointId()));
  }

  /// Which endpoint, by its public id.
  public record Query(Caller caller, String endpointId) {}
}
