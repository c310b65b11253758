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

/// What can be done with endpoints of webhooks.
record WebhookUseCases(
    CreateEndpoint create,
    GetEndpoint get,
    ListEndpoints list,
    UpdateEndpoint update,
    DeleteEndpoint delete,
    RotateSecret rotate,
    TestEndpoint test,
    ListDeliveries deliveries,
    RedeliverEvent redeliver) {}
