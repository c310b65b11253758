package dev.carillon.application.webhook;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.webhook.Endpoint;

/// Lists the endpoints of the caller's business and environment, newest first.
public final class ListEndpoints {
  private final WebhookEndpoints endpoints;

  public ListEndpoints(WebhookEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  public Page<Endpoint> handle(Query query) {
    return endpoints.list(query.caller().scope(), query.page());
  }

  /// Which part of them.
  public record Query(Caller caller, PageRequest page) {}
}
