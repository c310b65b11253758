package dev.carillon.grpc;

import dev.carillon.application.port.EventLog;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.BalanceEvent;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.JobEvent;
import dev.carillon.domain.webhook.MessageEvent;
import dev.carillon.domain.webhook.StoredEvent;
import dev.carillon.v1.BulkJobEvent;
import dev.carillon.v1.Event;
import dev.carillon.v1.ListEventsResponse;
import dev.carillon.v1.StreamEventsResponse;
import dev.carillon.v1.WebhookEndpointEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Maps events to the answers of the API.
final class EventResponses {
  private EventResponses() {}

  static ListEventsResponse listed(Scope scope, EventLog.Part part) {
    return ListEventsResponse.newBuilder()
        .addAllEvents(part.events().stream().map(EventResponses::event).toList())
        .setCursor(EventCursors.of(scope, part.upTo()))
        .build();
  }

  /// @param event null for a heartbeat
  /// @param upTo what comes next comes after this number
  static StreamEventsResponse streamed(
      Scope scope, @Nullable StoredEvent event, long upTo, Instant now) {
    StreamEventsResponse.Builder response =
        StreamEventsResponse.newBuilder()
            .setCursor(EventCursors.of(scope, upTo))
            .setSendTime(ProtoValues.timestamp(now));
    if (event != null) {
      response.setEvent(event(event));
    }
    return response.build();
  }

  static Event event(StoredEvent stored) {
    Event.Builder event =
        Event.newBuilder()
            .setEventId(stored.id().toString())
            .setType(stored.event().type().label())
            .setEventTime(ProtoValues.timestamp(stored.event().at()));
    switch (stored.event()) {
      case JobEvent job -> event.setBulkJob(job(job));
      case MessageEvent message -> event.setMessage(message(message));
      case BalanceEvent balance -> event.setBalance(balance(balance));
      case EndpointEvent endpoint -> event.setWebhookEndpoint(endpoint(endpoint));
    }
    return event.build();
  }

  private static BulkJobEvent job(JobEvent event) {
    return BulkJobEvent.newBuilder()
        .setBulkId(event.bulkId().toString())
        .setStatus(ProtoEnums.JOB_STATUS.toProto(event.status()))
        .setTotalRecipients(event.totalRecipients())
        .setSuccessCount(event.successCount())
        .setFailureCount(event.failureCount())
        .build();
  }

  private static dev.carillon.v1.MessageEvent message(MessageEvent event) {
    return dev.carillon.v1.MessageEvent.newBuilder()
        .setMessageId(event.id().toString())
        .setBulkId(event.id().bulkId().toString())
        .setClientRef(event.clientRef())
        .setStatus(ProtoEnums.MESSAGE_STATUS.toProto(event.status()))
        .setReason(event.reason() == null ? "" : event.reason().name())
        .setAttempts(event.attempts())
        .setCarrier(event.carrier())
        .build();
  }

  private static dev.carillon.v1.BalanceEvent balance(BalanceEvent event) {
    return dev.carillon.v1.BalanceEvent.newBuilder()
        .setAvailable(ProtoValues.money(event.available()))
        .setLow(ProtoValues.money(event.low()))
        .build();
  }

  private static WebhookEndpointEvent endpoint(EndpointEvent event) {
    WebhookEndpointEvent.Builder told =
        WebhookEndpointEvent.newBuilder().setEndpointId(event.endpoint().toString());
    if (event.reason() != null) {
      told.setDisabledReason(WebhookResponses.DISABLED_REASON.toProto(event.reason()));
    }
    return told.build();
  }
}
