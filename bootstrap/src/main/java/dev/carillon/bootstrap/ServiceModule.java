package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.Dispatch;
import dev.carillon.application.JobBook;
import dev.carillon.application.Tails;
import dev.carillon.application.WatchHub;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.run.Loop;
import dev.carillon.bootstrap.run.Loops;
import dev.carillon.bootstrap.run.Service;
import dev.carillon.bootstrap.run.Workers;
import dev.carillon.grpc.GrpcServer;
import dev.carillon.persistence.Database;
import dev.carillon.providers.CarrierConnections;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Puts the parts of the running service in their order.
final class ServiceModule extends AbstractModule {
  private static final Duration LOOK_FOR_CHANGES = Duration.ofSeconds(1);
  private static final Duration LOOK_FOR_STOPPED_JOBS = Duration.ofMillis(100);
  private static final Duration TIDY = Duration.ofMinutes(1);

  private final Configuration configuration;
  private final PostgresSource source;

  ServiceModule(Configuration configuration, PostgresSource source) {
    this.configuration = configuration;
    this.source = source;
  }

  @Provides
  @Singleton
  Service service(
      StorePart store,
      Database database,
      CarrierConnections carriers,
      Loops loops,
      Workers workers,
      GrpcPart grpc) {
    return new Service(
        List.of(
            store, new FeedPart(database.feed()), new CarriersPart(carriers), loops, workers, grpc),
        configuration.shutdownGrace());
  }

  @Provides
  @Singleton
  StorePart store(Database database, InstantSource clock) {
    return new StorePart(source, database, clock, configuration.store().demoBusiness());
  }

  @Provides
  @Singleton
  Loops loops(WatchHub hub, JobBook book, Database database) {
    return new Loops(
        "the loops",
        List.of(
            new Loop("progress", _ -> hub.refresh(LOOK_FOR_CHANGES)),
            Loop.every(LOOK_FOR_STOPPED_JOBS, "stopped-jobs", book::refresh),
            Loop.every(TIDY, "housekeeping", database::housekeeping)));
  }

  @Provides
  @Singleton
  Workers workers(Dispatch dispatch, Tails tails, ProgressFeed feed) {
    return new Workers(dispatch, tails, feed, configuration.dispatch().workers());
  }

  @Provides
  @Singleton
  GrpcPart grpc(GrpcServer server) {
    return new GrpcPart(server);
  }
}
