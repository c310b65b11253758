package dev.carillon.grpc;

import dev.carillon.application.webhook.CreateEndpoint;
import dev.carillon.application.webhook.DeleteEndpoint;
import dev.carillon.application.webhook.GetEndpoint;
import dev.carillon.application.webhook.ListDeliveries;
import dev.carillon.application.webhook.ListEndpoints;
import dev.carillon.application.webhook.RedeliverEvent;
import dev.carillon.application.webhook.RotateSecret;
import dev.carillon.application.webhook.TestEndpoint;
import dev.carillon.application.webhook.UpdateEndpoint;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.v1.CreateWebhookEndpointRequest;
import dev.carillon.v1.DeleteWebhookEndpointRequest;
import dev.carillon.v1.GetWebhookEndpointRequest;
import dev.carillon.v1.ListWebhookDeliveriesRequest;
import dev.carillon.v1.ListWebhookEndpointsRequest;
import dev.carillon.v1.RedeliverEventRequest;
import dev.carillon.v1.RotateWebhookSecretRequest;
import dev.carillon.v1.TestWebhookEndpointRequest;
import dev.carillon.v1.UpdateWebhookEndpointRequest;
import dev.carillon.v1.WebhookEndpoint;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Maps requests about webhooks to the commands and queries of their use cases. Throws
/// InvalidFields with all that cannot be mapped.
final class WebhookRequests {
  private static final String URL = "url";
  private static final String TYPES = "event_types";
  private static final String DESCRIPTION = "description";
  private static final String ENABLED = "enabled";
  private static final String TYPES_PATH = "webhook_endpoint.event_types";
  private static final FieldMasks MASKS = new FieldMasks(URL, TYPES, DESCRIPTION, ENABLED);

  private WebhookRequests() {}

  static CreateEndpoint.Command create(Caller caller, CreateWebhookEndpointRequest request) {
    WebhookEndpoint endpoint = request.getWebhookEndpoint();
    return new CreateEndpoint.Command(
        caller,
        request.getRequestId(),
        new EndpointDetails(
            endpoint.getUrl(),
            types(endpoint),
            endpoint.getDescription(),
            !endpoint.hasEnabled() || endpoint.getEnabled()));
  }

  static GetEndpoint.Query get(Caller caller, GetWebhookEndpointRequest request) {
    return new GetEndpoint.Query(caller, request.getEndpointId());
  }

  static ListEndpoints.Query list(Caller caller, ListWebhookEndpointsRequest request) {
    return new ListEndpoints.Query(
        caller,
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            pageTokens(caller, request)));
  }

  static PageTokens pageTokens(Caller caller, ListWebhookEndpointsRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  static UpdateEndpoint.Command update(Caller caller, UpdateWebhookEndpointRequest request) {
    Violations violations = new Violations();
    WebhookEndpoint endpoint = request.getWebhookEndpoint();
    if (endpoint.getEndpointId().isEmpty()) {
      violations.add("webhook_endpoint.endpoint_id", "must be given");
    }
    Set<String> fields =
        request.hasUpdateMask()
            ? MASKS.named(request.getUpdateMask(), violations)
            : MASKS.populated(endpoint);
    Set<EventType> types = EventTypes.read(TYPES_PATH, endpoint.getEventTypesList(), violations);
    violations.refuse();
    return new UpdateEndpoint.Command(
        caller,
        endpoint.getEndpointId(),
        request.getRequestId(),
        Etags.version(endpoint.getEtag()),
        new UpdateEndpoint.Changes(
            fields.contains(URL) ? endpoint.getUrl() : null,
            fields.contains(TYPES) ? types : null,
            fields.contains(DESCRIPTION) ? endpoint.getDescription() : null,
            fields.contains(ENABLED) ? enabled(endpoint) : null));
  }

  static DeleteEndpoint.Command delete(Caller caller, DeleteWebhookEndpointRequest request) {
    return new DeleteEndpoint.Command(caller, request.getEndpointId(), request.getRequestId());
  }

  static RotateSecret.Command rotate(Caller caller, RotateWebhookSecretRequest request) {
    return new RotateSecret.Command(
        caller,
        request.getEndpointId(),
        request.getRequestId(),
        request.hasOverlap() ? ProtoValues.duration(request.getOverlap()) : null);
  }

  static TestEndpoint.Command test(Caller caller, TestWebhookEndpointRequest request) {
    return new TestEndpoint.Command(caller, request.getEndpointId(), request.getRequestId());
  }

  static ListDeliveries.Query deliveries(Caller caller, ListWebhookDeliveriesRequest request) {
    return new ListDeliveries.Query(
        caller,
        request.getEndpointId(),
        request.getEventId().isEmpty() ? null : event(request.getEventId()),
        request.getStatesList().stream()
            .flatMap(state -> WebhookResponses.STATE.toDomain(state).stream())
            .collect(Collectors.toUnmodifiableSet()),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            pageTokens(caller, request)));
  }

  static PageTokens pageTokens(Caller caller, ListWebhookDeliveriesRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  static RedeliverEvent.Command redeliver(Caller caller, RedeliverEventRequest request) {
    return new RedeliverEvent.Command(
        caller, request.getEndpointId(), event(request.getEventId()), request.getRequestId());
  }

  /// What says nothing about it is no wish to switch it off.
  private static @Nullable Boolean enabled(WebhookEndpoint endpoint) {
    return endpoint.hasEnabled() ? endpoint.getEnabled() : null;
  }

  private static Set<EventType> types(WebhookEndpoint endpoint) {
    Violations violations = new Violations();
    Set<EventType> types = EventTypes.read(TYPES_PATH, endpoint.getEventTypesList(), violations);
    violations.refuse();
    return types;
  }

  /// Events and endpoints are both known by UUIDs.
  private static EventId event(String text) {
    return EndpointId.parse(text)
        .map(id -> new EventId(id.value()))
        .orElseThrow(() ->
            new DomainException(new DomainError.NotFound(DomainError.NotFound.Kind.EVENT, text)));
  }
}
