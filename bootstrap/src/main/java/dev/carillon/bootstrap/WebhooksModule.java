package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.Idempotency;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.WebhookSecrets;
import dev.carillon.application.port.WebhookSender;
import dev.carillon.application.webhook.AgreeOnKey;
import dev.carillon.application.webhook.CreateEndpoint;
import dev.carillon.application.webhook.DeleteEndpoint;
import dev.carillon.application.webhook.DeliverEvents;
import dev.carillon.application.webhook.GetEndpoint;
import dev.carillon.application.webhook.GiveUpDeliveries;
import dev.carillon.application.webhook.ListDeliveries;
import dev.carillon.application.webhook.ListEndpoints;
import dev.carillon.application.webhook.RedeliverEvent;
import dev.carillon.application.webhook.RotateSecret;
import dev.carillon.application.webhook.TestEndpoint;
import dev.carillon.application.webhook.UpdateEndpoint;
import dev.carillon.application.webhook.WebhookSettings;
import dev.carillon.bootstrap.run.Deliverers;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import dev.carillon.providers.webhook.SecretBox;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Makes what can be done with endpoints of webhooks, and what sends events to them.
final class WebhooksModule extends AbstractModule {
  private final WebhookSettings settings;
  private final boolean replaceKey;

  /// @param replaceKey whether the key takes the place of one that was lost
  WebhooksModule(WebhookSettings settings, boolean replaceKey) {
    this.settings = settings;
    this.replaceKey = replaceKey;
  }

  @Provides
  @Singleton
  CreateEndpoint create(
      Database database,
      WebhookSender sender,
      WebhookSecrets secrets,
      IdSource ids,
      InstantSource clock) {
    return new CreateEndpoint(
        idempotency(database, clock),
        database.forCalls().endpoints(),
        sender,
        new CreateEndpoint.Making(secrets, ids, clock),
        settings.endpoints());
  }

  @Provides
  @Singleton
  GetEndpoint get(Database database) {
    return new GetEndpoint(database.forCalls().endpoints());
  }

  @Provides
  @Singleton
  ListEndpoints list(Database database) {
    return new ListEndpoints(database.forCalls().endpoints());
  }

  @Provides
  @Singleton
  UpdateEndpoint update(Database database, WebhookSender sender, InstantSource clock) {
    return new UpdateEndpoint(
        idempotency(database, clock), database.forCalls().endpoints(), sender, clock);
  }

  @Provides
  @Singleton
  DeleteEndpoint delete(Database database, InstantSource clock) {
    return new DeleteEndpoint(idempotency(database, clock), database.forCalls().endpoints(), clock);
  }

  @Provides
  @Singleton
  RotateSecret rotate(Database database, WebhookSecrets secrets, InstantSource clock) {
    return new RotateSecret(
        idempotency(database, clock), database.forCalls().endpoints(), secrets, clock);
  }

  @Provides
  @Singleton
  TestEndpoint test(Database database, InstantSource clock) {
    return new TestEndpoint(
        idempotency(database, clock),
        database.forCalls().endpoints(),
        database.forCalls().outbox(),
        clock);
  }

  @Provides
  @Singleton
  ListDeliveries deliveries(Database database) {
    return new ListDeliveries(database.forCalls().endpoints(), database.forCalls().deliveries());
  }

  @Provides
  @Singleton
  RedeliverEvent redeliver(Database database, InstantSource clock) {
    Stores calls = database.forCalls();
    return new RedeliverEvent(
        idempotency(database, clock), calls.endpoints(), calls.events(), calls.deliveries());
  }

  @Provides
  @Singleton
  DeliverEvents deliver(Stores stores, WebhookSender sender) {
    return new DeliverEvents(
        stores.deliveries(),
        sender,
        new DeliverEvents.Outside(
            UUID.randomUUID().toString(),
            Deliverers.threads(),
            () -> ThreadLocalRandom.current().nextDouble(),
            System::nanoTime),
        settings);
  }

  @Provides
  @Singleton
  AgreeOnKey agreeOnKey(Stores stores, SecretBox secrets) {
    return new AgreeOnKey(stores.webhookKey(), secrets::mark, replaceKey);
  }

  @Provides
  @Singleton
  GiveUpDeliveries giveUp(Stores stores) {
    return new GiveUpDeliveries(stores.deliveries(), settings.schedule());
  }

  private static Idempotency idempotency(Database database, InstantSource clock) {
    return UseCaseModule.idempotency(database, clock);
  }
}
