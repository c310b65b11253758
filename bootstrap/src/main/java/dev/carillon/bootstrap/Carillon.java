package dev.carillon.bootstrap;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.run.Service;
import dev.carillon.domain.business.Role;
import dev.carillon.grpc.GrpcModule;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.DemoBusiness;
import dev.carillon.providers.pacing.PacingModule;
import dev.carillon.providers.webhook.WebhookModule;
import java.time.Instant;
import java.util.Optional;

/// The whole service in this process: wired, started, and stopped when it is closed.
public final class Carillon implements AutoCloseable {
  private final Injector injector;
  private final Service service;

  private Carillon(Injector injector) {
    this.injector = injector;
    injector.getInstance(StorePart.class).begin();
    this.service = injector.getInstance(Service.class);
  }

  /// Wires everything, starts it, and returns when it serves. Closes the source when that fails.
  public static Carillon start(Configuration configuration, PostgresSource source) {
    Carillon carillon;
    try {
      carillon = new Carillon(injector(configuration, source));
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
    carillon.service.start();
    return carillon;
  }

  /// The port that it serves at.
  public int port() {
    return injector.getInstance(GrpcPart.class).port();
  }

  /// The port that carriers call at; 0 when there is none.
  public int callbackPort() {
    return injector.getInstance(CallbacksPart.class).port();
  }

  /// Reads the configuration again and takes carriers and routes over; what cannot be used changes
  /// nothing and is logged.
  public void reload() {
    injector.getInstance(CarrierReload.class).reload();
  }

  /// The test key of the demo business, if this start made it. Never shown again.
  public Optional<String> firstKey() {
    return injector.getInstance(StorePart.class).firstKey();
  }

  /// A new test key of the oldest business; empty when there is none.
  public Optional<String> newTestKey() {
    return injector.getInstance(Database.class).demo().newTestKey(Role.USER, Instant.now());
  }

  /// A new operator's key of the oldest business, or of the demo business, which is made where
  /// there is none: nobody but an operator can make a business.
  public String newOperatorKey() {
    DemoBusiness demo = injector.getInstance(Database.class).demo();
    Instant now = Instant.now();
    var _ = demo.createIfEmpty(now);
    return demo.newTestKey(Role.OPERATOR, now).orElseThrow();
  }

  /// Drains and stops it within the configured grace; does nothing the second time.
  @Override
  public void close() {
    service.stop();
  }

  private static Injector injector(Configuration configuration, PostgresSource source) {
    return Guice.createInjector(
        Stage.DEVELOPMENT,
        new StoreModule(source),
        new CarriersModule(configuration),
        new PacingModule(configuration.pacing()),
        new EngineModule(configuration.dispatch()),
        new KeepingModule(
            configuration.keeping(),
            configuration.dispatch(),
            configuration.uploads().openAge(),
            source),
        new UseCaseModule(
            configuration.limits(),
            configuration.uploads(),
            configuration.dispatch().retries(),
            configuration.mostWatchers()),
        new QuotaModule(configuration.quotas()),
        new BillingModule(configuration.billing()),
        new ErasureModule(),
        new ContactsModule(
            configuration.addresses(), configuration.keeping().tidy().requestsKept()),
        new TemplatesModule(),
        new EventsModule(configuration.keeping().eventsKept()),
        new WebhookModule(
            configuration.webhooks().sending(), WebhookKeys.of(configuration.webhooks(), source)),
        new WebhooksModule(
            configuration.webhooks().settings(), configuration.webhooks().replaceKey()),
        new GroupsModule(),
        new SuppressionModule(),
        new NoticeModule(configuration.keeping().parkedReceiptsKept()),
        new AdminModule(),
        new TenantsModule(),
        new CredentialsModule(configuration.credentials()),
        new GrpcModule(configuration.grpc()),
        new ServiceModule(configuration, source));
  }
}
