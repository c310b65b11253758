package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.carillon.application.webhook.CreateEndpoint;
import dev.carillon.application.webhook.DeleteEndpoint;
import dev.carillon.application.webhook.GetEndpoint;
import dev.carillon.application.webhook.ListDeliveries;
import dev.carillon.application.webhook.ListEndpoints;
import dev.carillon.application.webhook.RedeliverEvent;
import dev.carillon.application.webhook.RotateSecret;
import dev.carillon.application.webhook.TestEndpoint;
import dev.carillon.application.webhook.UpdateEndpoint;
import java.time.InstantSource;

/// Wires WebhookService: needs its use cases.
final class WebhookGrpcModule extends AbstractModule {
  @Provides
  WebhookGrpcService service(WebhookUseCases useCases, InstantSource clock) {
    return new WebhookGrpcService(useCases, new WebhookResponses(clock));
  }

  @Provides
  WebhookUseCases useCases(
      CreateEndpoint create,
      GetEndpoint get,
      ListEndpoints list,
      UpdateEndpoint update,
      DeleteEndpoint delete,
      RotateSecret rotate,
      TestEndpoint test,
      ListDeliveries deliveries,
      RedeliverEvent redeliver) {
    return new WebhookUseCases(
        create, get, list, update, delete, rotate, test, deliveries, redeliver);
  }
}
