package dev.carillon.application.webhook;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EventId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists what was tried to deliver to an endpoint, and what came of it.
public final class ListDeliveries {
  /// Deliveries carry what receivers answered: a page of them is to fit into an answer.
  private static final int MOST = 100;

  private final WebhookEndpoints endpoints;
  private final WebhookDeliveries deliveries;

  public ListDeliveries(WebhookEndpoints endpoints, WebhookDeliveries deliveries) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
  }

  /// The newest event first, at most a hundred a page. Throws a DomainException: NotFound.
  public Page<Delivery> handle(Query query) {
    Scope scope = query.caller().scope();
    Endpoint endpoint = Endpoints.find(endpoints, scope, Endpoints.id(query.endpointId()));
    return deliveries.list(
        scope,
        endpoint.id(),
        new WebhookDeliveries.Filter(query.event(), query.states()),
        query.page().atMost(MOST));
  }

  /// Which deliveries.
  ///
  /// @param event null for all
  /// @param states empty for all
  public record Query(
      Caller caller,
      String endpointId,
      @Nullable EventId event,
      Set<DeliveryState> states,
      PageRequest page) {
    public Query {
      states = Set.copyOf(states);
    }
  }
}
