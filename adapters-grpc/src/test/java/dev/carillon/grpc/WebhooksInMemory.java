package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.Idempotency;
import dev.carillon.application.event.EventHub;
import dev.carillon.application.event.ListEvents;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.WebhookSecrets;
import dev.carillon.application.port.WebhookSender;
import dev.carillon.application.webhook.CreateEndpoint;
import dev.carillon.application.webhook.DeleteEndpoint;
import dev.carillon.application.webhook.GetEndpoint;
import dev.carillon.application.webhook.ListDeliveries;
import dev.carillon.application.webhook.ListEndpoints;
import dev.carillon.application.webhook.RedeliverEvent;
import dev.carillon.application.webhook.RotateSecret;
import dev.carillon.application.webhook.TestEndpoint;
import dev.carillon.application.webhook.UpdateEndpoint;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.SealedSecret;
import dev.carillon.domain.webhook.WebhookUrl;
import java.time.InstantSource;
import java.util.Optional;

/// Webhooks and events over a store in memory; nothing is sent.
final class WebhooksInMemory extends AbstractModule {
  private static final int MOST = 20;
  private static final WebhookSecrets SECRETS =
      () -> new WebhookSecrets.NewSecret("whsec_c2VjcmV0", new SealedSecret("sealed"));
  private static final WebhookSender NOBODY =
      new WebhookSender() {
        @Override
        public Optional<DeliveryAnswer> send(Request request) {
          return Optional.empty();
        }

        @Override
        public Optional<String> refusal(String url) {
          return WebhookUrl.problem(url, false);
        }
      };

  private final InMemoryStore store;
  private final InstantSource clock;

  WebhooksInMemory(InMemoryStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Provides
  CreateEndpoint create() {
    return new CreateEndpoint(
        idempotency(),
        store.endpoints(),
        NOBODY,
        new CreateEndpoint.Making(SECRETS, new SequentialIds(), clock),
        MOST);
  }

  @Provides
  GetEndpoint get() {
    return new GetEndpoint(store.endpoints());
  }

  @Provides
  ListEndpoints list() {
    return new ListEndpoints(store.endpoints());
  }

  @Provides
  UpdateEndpoint update() {
    return new UpdateEndpoint(idempotency(), store.endpoints(), NOBODY, clock);
  }

  @Provides
  DeleteEndpoint delete() {
    return new DeleteEndpoint(idempotency(), store.endpoints(), clock);
  }

  @Provides
  RotateSecret rotate() {
    return new RotateSecret(idempotency(), store.endpoints(), SECRETS, clock);
  }

  @Provides
  TestEndpoint test() {
    return new TestEndpoint(idempotency(), store.endpoints(), store.outbox(), clock);
  }

  @Provides
  ListDeliveries deliveries() {
    return new ListDeliveries(store.endpoints(), store.deliveries());
  }

  @Provides
  RedeliverEvent redeliver() {
    return new RedeliverEvent(idempotency(), store.endpoints(), store.events(), store.deliveries());
  }

  @Provides
  ListEvents events() {
    return new ListEvents(store.events());
  }

  @Provides
  @Singleton
  EventHub hub() {
    return new EventHub(store.events());
  }

  private Idempotency idempotency() {
    return new Idempotency(store, store.keys(), clock);
  }
}
