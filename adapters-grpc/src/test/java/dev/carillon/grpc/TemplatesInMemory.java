package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.carillon.application.Idempotency;
import dev.carillon.application.Scripts;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.fixture.PlainTemplating;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.template.CreateTemplate;
import dev.carillon.application.template.DeleteTemplate;
import dev.carillon.application.template.GetTemplate;
import dev.carillon.application.template.ListTemplates;
import dev.carillon.application.template.PreviewContent;
import dev.carillon.application.template.UpdateTemplate;
import dev.carillon.domain.content.ContentLimits;
import java.time.InstantSource;

/// The use cases of templates over a store in memory, with tags of one kind.
final class TemplatesInMemory extends AbstractModule {
  private static final ContentLimits LIMITS = ContentLimits.DEFAULTS;

  private final InMemoryStore store;
  private final InstantSource clock;
  private final PlainTemplating templating = new PlainTemplating();

  TemplatesInMemory(InMemoryStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Provides
  CreateTemplate create() {
    return new CreateTemplate(
        idempotency(), store.templates(), templating, new SequentialIds(), clock, LIMITS);
  }

  @Provides
  GetTemplate get() {
    return new GetTemplate(store.templates(), templating);
  }

  @Provides
  ListTemplates list() {
    return new ListTemplates(store.templates());
  }

  @Provides
  UpdateTemplate update() {
    return new UpdateTemplate(idempotency(), store.templates(), templating, clock, LIMITS);
  }

  @Provides
  DeleteTemplate delete() {
    return new DeleteTemplate(idempotency(), store.templates());
  }

  @Provides
  PreviewContent preview() {
    Scripts scripts = new Scripts(store.templates(), templating, LIMITS);
    Charging charging =
        new Charging(
            store.prices(),
            store.ledger(),
            store.outbox(),
            new PlainNumbering(),
            BillingInMemory.SETTINGS);
    return new PreviewContent(scripts, store.recipients(), charging, clock, LIMITS);
  }

  private Idempotency idempotency() {
    return new Idempotency(store, store.keys(), clock);
  }
}
