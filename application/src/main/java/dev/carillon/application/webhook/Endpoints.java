package dev.carillon.application.webhook;

import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointId;
import java.util.Map;

/// Finds endpoints by what callers say, and remembers them as answers.
final class Endpoints {
  private static final String ID = "endpoint_id";

  private Endpoints() {}

  /// Throws NotFound when the text is no such id.
  static EndpointId id(String text) {
    return EndpointId.parse(text).orElseThrow(() -> notFound(text));
  }

  /// Throws NotFound.
  static Endpoint find(WebhookEndpoints endpoints, Scope scope, EndpointId id) {
    return endpoints.find(scope, id).orElseThrow(() -> notFound(id.toString()));
  }

  /// Throws NotFound.
  static Endpoint lock(WebhookEndpoints endpoints, Scope scope, EndpointId id) {
    return endpoints.lock(scope, id).orElseThrow(() -> notFound(id.toString()));
  }

  /// Throws EndpointDisabled when nothing is sent to it.
  static void requireEnabled(Endpoint endpoint) {
    if (!endpoint.details().enabled()) {
      throw new DomainException(new DomainError.EndpointDisabled(endpoint.id().toString()));
    }
  }

  static Map<String, String> remember(EndpointId id) {
    return Map.of(ID, id.toString());
  }

  /// The endpoint as it is now. Throws NotFound when it was deleted since.
  static Endpoint remembered(
      WebhookEndpoints endpoints, Scope scope, Map<String, String> remembered) {
    return find(endpoints, scope, id(remembered.getOrDefault(ID, "")));
  }

  static DomainException notFound(String id) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.WEBHOOK_ENDPOINT, id));
  }
}
