package dev.carillon.grpc;

import dev.carillon.application.port.Page;
import dev.carillon.application.webhook.ShownEndpoint;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EventPayload;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.v1.CreateWebhookEndpointResponse;
import dev.carillon.v1.GetWebhookEndpointResponse;
import dev.carillon.v1.ListWebhookDeliveriesResponse;
import dev.carillon.v1.ListWebhookEndpointsResponse;
import dev.carillon.v1.RotateWebhookSecretResponse;
import dev.carillon.v1.UpdateWebhookEndpointResponse;
import dev.carillon.v1.WebhookAttempt;
import dev.carillon.v1.WebhookDelivery;
import dev.carillon.v1.WebhookDeliveryState;
import dev.carillon.v1.WebhookDisabledReason;
import dev.carillon.v1.WebhookEndpoint;
import dev.carillon.v1.WebhookFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/// Maps endpoints and deliveries to the answers of the API.
///
/// @param clock tells whether an old secret still signs
record WebhookResponses(InstantSource clock) {
  static final EnumTwins<DeliveryState, WebhookDeliveryState> STATE =
      EnumTwins.of(DeliveryState.class, WebhookDeliveryState.class, "WEBHOOK_DELIVERY_STATE_");

  static final EnumTwins<DisableReason, WebhookDisabledReason> DISABLED_REASON =
      EnumTwins.of(DisableReason.class, WebhookDisabledReason.class, "WEBHOOK_DISABLED_REASON_");

  private static final EnumTwins<DeliveryAnswer.Cause, WebhookFailure> FAILURE =
      EnumTwins.of(DeliveryAnswer.Cause.class, WebhookFailure.class, "WEBHOOK_FAILURE_");

  CreateWebhookEndpointResponse created(ShownEndpoint shown) {
    return CreateWebhookEndpointResponse.newBuilder()
        .setWebhookEndpoint(endpoint(shown.endpoint()))
        .setSecret(Objects.requireNonNullElse(shown.secret(), ""))
        .build();
  }

  GetWebhookEndpointResponse got(Endpoint endpoint) {
    return GetWebhookEndpointResponse.newBuilder().setWebhookEndpoint(endpoint(endpoint)).build();
  }

  UpdateWebhookEndpointResponse updated(Endpoint endpoint) {
    return UpdateWebhookEndpointResponse.newBuilder()
        .setWebhookEndpoint(endpoint(endpoint))
        .build();
  }

  RotateWebhookSecretResponse rotated(ShownEndpoint shown) {
    return RotateWebhookSecretResponse.newBuilder()
        .setWebhookEndpoint(endpoint(shown.endpoint()))
        .setSecret(Objects.requireNonNullElse(shown.secret(), ""))
        .build();
  }

  ListWebhookEndpointsResponse listed(Page<Endpoint> page, PageTokens tokens) {
    return ListWebhookEndpointsResponse.newBuilder()
        .addAllWebhookEndpoints(page.items().stream().map(this::endpoint).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  ListWebhookDeliveriesResponse deliveries(Page<Delivery> page, PageTokens tokens) {
    return ListWebhookDeliveriesResponse.newBuilder()
        .addAllDeliveries(page.items().stream().map(WebhookResponses::delivery).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  private WebhookEndpoint endpoint(Endpoint endpoint) {
    WebhookEndpoint.Builder response =
        WebhookEndpoint.newBuilder()
            .setEndpointId(endpoint.id().toString())
            .setUrl(endpoint.details().url())
            .addAllEventTypes(
                endpoint.details().types().stream().map(EventType::label).sorted().toList())
            .setDescription(endpoint.details().description())
            .setEnabled(endpoint.details().enabled())
            .setEtag(Etags.of(endpoint.revision()))
            .setCreatedBy(endpoint.createdBy())
            .setCreateTime(ProtoValues.timestamp(endpoint.createdAt()))
            .setUpdateTime(ProtoValues.timestamp(endpoint.updatedAt()));
    if (endpoint.disabledBy() != null) {
      response.setDisabledReason(DISABLED_REASON.toProto(endpoint.disabledBy()));
    }
    Instant until = endpoint.secrets().previousUntil();
    if (until != null && clock.instant().isBefore(until)) {
      response.setPreviousSecretExpireTime(ProtoValues.timestamp(until));
    }
    return response.build();
  }

  private static WebhookDelivery delivery(Delivery delivery) {
    WebhookDelivery.Builder response =
        WebhookDelivery.newBuilder()
            .setEvent(EventResponses.event(delivery.event()))
            .setState(STATE.toProto(delivery.state()))
            .setAttemptCount(delivery.attempts())
            .setRequestBody(EventPayload.json(delivery.event().event()))
            .setCreateTime(ProtoValues.timestamp(delivery.createdAt()))
            .addAllAttempts(delivery.made().stream().map(WebhookResponses::attempt).toList());
    if (delivery.nextDue() != null) {
      response.setNextAttemptTime(ProtoValues.timestamp(delivery.nextDue()));
    }
    if (delivery.doneAt() != null) {
      response.setDoneTime(ProtoValues.timestamp(delivery.doneAt()));
    }
    return response.build();
  }

  private static WebhookAttempt attempt(DeliveryAttempt attempt) {
    WebhookAttempt.Builder response =
        WebhookAttempt.newBuilder()
            .setAttempt(attempt.number())
            .setAttemptTime(ProtoValues.timestamp(attempt.at()))
            .setDuration(ProtoValues.duration(attempt.answer().took()));
    switch (attempt.answer()) {
      case DeliveryAnswer.Answered answered -> {
        response.setResponseCode(answered.status()).setResponseExcerpt(answered.excerpt());
        if (answered.retryAfter() != null) {
          response.setRetryAfter(ProtoValues.duration(answered.retryAfter()));
        }
      }
      case DeliveryAnswer.Unanswered unanswered ->
          response.setFailure(FAILURE.toProto(unanswered.cause()));
    }
    return response.build();
  }
}
