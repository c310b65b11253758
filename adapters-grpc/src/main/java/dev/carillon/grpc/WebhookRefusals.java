package dev.carillon.grpc;

import com.google.rpc.Code;
import dev.carillon.domain.error.DomainError;

/// What callers are told when it is the webhooks that are in the way.
final class WebhookRefusals {
  private WebhookRefusals() {}

  static Refusal tooMany(DomainError.TooManyEndpoints tooMany) {
    String most = tooMany.most() + " webhook endpoints";
    return Refusal.of(
            Code.RESOURCE_EXHAUSTED,
            "QUOTA_EXCEEDED",
            "there are " + most + " already, and no more can be had; delete one first")
        .fact("most", tooMany.most())
        .quota(most, "used up until one is deleted; no waiting helps");
  }

  static Refusal disabled(DomainError.EndpointDisabled disabled) {
    return Refusal.of(
            Code.FAILED_PRECONDITION,
            "WEBHOOK_ENDPOINT_DISABLED",
            "this webhook endpoint is switched off, and nothing is sent to it; switch it on first"
                + " (UpdateWebhookEndpoint, enabled)")
        .precondition("WEBHOOK_ENDPOINT_DISABLED", disabled.endpoint(), "is switched off");
  }

  static Refusal notConfigured() {
    return Refusal.of(
            Code.FAILED_PRECONDITION,
            "WEBHOOKS_NOT_CONFIGURED",
            "this service has no key to keep signing secrets with (webhooks.key-secret)")
        .precondition("WEBHOOKS_NOT_CONFIGURED", "webhooks", "have no key");
  }
}
