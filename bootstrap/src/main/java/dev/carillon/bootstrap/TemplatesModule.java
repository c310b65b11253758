package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.Limits;
import dev.carillon.application.Scripts;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.Templating;
import dev.carillon.application.template.CreateTemplate;
import dev.carillon.application.template.DeleteTemplate;
import dev.carillon.application.template.GetTemplate;
import dev.carillon.application.template.ListTemplates;
import dev.carillon.application.template.PreviewContent;
import dev.carillon.application.template.UpdateTemplate;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import dev.carillon.providers.templating.MustacheTemplating;
import java.time.InstantSource;

/// Makes the use cases about templates, and what fills them.
final class TemplatesModule extends AbstractModule {
  @Provides
  @Singleton
  Templating templating() {
    return new MustacheTemplating();
  }

  @Provides
  @Singleton
  Scripts scripts(Database database, Templating templating, Limits limits) {
    return new Scripts(database.forCalls().templates(), templating, limits.content());
  }

  @Provides
  @Singleton
  CreateTemplate createTemplate(
      Database database, Templating templating, IdSource ids, InstantSource clock, Limits limits) {
    return new CreateTemplate(
        UseCaseModule.idempotency(database, clock),
        database.forCalls().templates(),
        templating,
        ids,
        clock,
        limits.content());
  }

  @Provides
  @Singleton
  GetTemplate getTemplate(Database database, Templating templating) {
    return new GetTemplate(database.forCalls().templates(), templating);
  }

  @Provides
  @Singleton
  ListTemplates listTemplates(Database database) {
    return new ListTemplates(database.forCalls().templates());
  }

  @Provides
  @Singleton
  UpdateTemplate updateTemplate(
      Database database, Templating templating, InstantSource clock, Limits limits) {
    return new UpdateTemplate(
        UseCaseModule.idempotency(database, clock),
        database.forCalls().templates(),
        templating,
        clock,
        limits.content());
  }

  @Provides
  @Singleton
  DeleteTemplate deleteTemplate(Database database, InstantSource clock) {
    return new DeleteTemplate(
        UseCaseModule.idempotency(database, clock), database.forCalls().templates());
  }

  @Provides
  @Singleton
  PreviewContent previewContent(
      Database database, Scripts scripts, Charging charging, InstantSource clock, Limits limits) {
    Stores stores = database.forCalls();
    return new PreviewContent(scripts, stores.recipients(), charging, clock, limits.content());
  }
}
