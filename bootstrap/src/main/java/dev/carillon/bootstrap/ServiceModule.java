package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.credentials.KeyUses;
import dev.carillon.application.dispatch.Dispatch;
import dev.carillon.application.dispatch.JobBook;
import dev.carillon.application.dispatch.LateAnswers;
import dev.carillon.application.dispatch.LeaseKeeper;
import dev.carillon.application.dispatch.RecentSuppressions;
import dev.carillon.application.dispatch.Tails;
import dev.carillon.application.event.EventHub;
import dev.carillon.application.event.NumberEvents;
import dev.carillon.application.keeping.Duties;
import dev.carillon.application.keeping.GuardDispatch;
import dev.carillon.application.keeping.PauseFailing;
import dev.carillon.application.keeping.StartDueJobs;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.watch.JobsHub;
import dev.carillon.application.watch.WatchHub;
import dev.carillon.application.webhook.AgreeOnKey;
import dev.carillon.application.webhook.DeliverEvents;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.run.Deliverers;
import dev.carillon.bootstrap.run.DutiesPart;
import dev.carillon.bootstrap.run.Loop;
import dev.carillon.bootstrap.run.Loops;
import dev.carillon.bootstrap.run.Service;
import dev.carillon.bootstrap.run.Workers;
import dev.carillon.grpc.GrpcServer;
import dev.carillon.persistence.Database;
import dev.carillon.providers.tokens.JoseTokens;
import dev.carillon.providers.webhook.ApacheWebhookSender;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Puts the parts of the running service in their order.
final class ServiceModule extends AbstractModule {
  private static final Duration LOOK_FOR_CHANGES = Duration.ofSeconds(1);
  private static final Duration LOOK_AT_CONTROLS = Duration.ofMillis(200);
  private static final Duration LOOK_FOR_STOPS = Duration.ofMillis(250);
  private static final Duration LOOK_FOR_DUE_JOBS = Duration.ofMillis(500);
  private static final Duration TELL_NOTICES = Duration.ofMinutes(1);
  private static final Duration NOTE_USES = Duration.ofSeconds(30);
  private static final Duration NUMBER_EVENTS = Duration.ofMillis(50);
  private static final Duration NUMBER_AGAIN = Duration.ofMillis(5);
  private static final Duration LOOK_FOR_EVENTS = Duration.ofMillis(200);
  private static final int LOOKS_PER_LEASE = 6;

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
      CarriersPart carriers,
      GuardPart guard,
      TokenKeysPart tokenKeys,
      DutiesPart duties,
      Loops loops,
      Workers workers,
      Deliverers webhooks,
      GrpcPart grpc,
      CallbacksPart callbacks) {
    return new Service(
        List.of(
            store,
            guard,
            new DoubtPart(database),
            tokenKeys,
            new FeedPart(database.feed()),
            carriers,
            duties,
            loops,
            workers,
            webhooks,
            grpc,
            callbacks),
        configuration.shutdownGrace());
  }

  @Provides
  @Singleton
  StorePart store(Database database, InstantSource clock) {
    return new StorePart(source, database, clock, configuration.store().demoBusiness());
  }

  @Provides
  @Singleton
  GuardPart guard(GuardDispatch guard) {
    return new GuardPart(guard);
  }

  @Provides
  @Singleton
  TokenKeysPart tokenKeys(Optional<JoseTokens> tokens) {
    return new TokenKeysPart(tokens);
  }

  @Provides
  @Singleton
  DutiesPart duties(Duties duties) {
    return new DutiesPart(duties);
  }

  @Provides
  @Singleton
  Loops loops(Hubs hubs, Running running, Kept kept, Told told, KeyUses uses, NoticeLog notices) {
    Duration leases = configuration.dispatch().settings().leaseTime().dividedBy(LOOKS_PER_LEASE);
    return new Loops(
        "the loops",
        List.of(
            new Loop("progress", _ -> hubs.job().refresh(LOOK_FOR_CHANGES)),
            new Loop("progress-of-all", _ -> hubs.jobs().refresh(LOOK_FOR_CHANGES)),
            Loop.every(LOOK_AT_CONTROLS, "job-controls", running.book()::refresh),
            Loop.every(leases, "leases", running.keeper()::prolong),
            Loop.every(LOOK_FOR_STOPS, "suppressions", running.stops()::refresh),
            new Loop("late-answers", _ -> running.late().settle(LOOK_FOR_CHANGES)),
            Loop.every(LOOK_FOR_DUE_JOBS, "due-jobs", kept.due()::handle),
            Loop.every(LOOK_FOR_CHANGES, "failing-jobs", kept.failing()::handle),
            Loop.every(configuration.reload().period(), "carriers", kept.carriers()::look),
            Loop.every(TELL_NOTICES, "notices", notices::tell),
            Loop.busy(NUMBER_EVENTS, NUMBER_AGAIN, "events", told::number),
            new Loop("event-feed", _ -> told.hub().refresh(LOOK_FOR_EVENTS)),
            Loop.every(NOTE_USES, "key-uses", uses::store)));
  }

  @Provides
  Running running(JobBook book, LeaseKeeper keeper, LateAnswers late, RecentSuppressions stops) {
    return new Running(book, keeper, late, stops);
  }

  @Provides
  @Singleton
  Deliverers webhooks(DeliverEvents deliver, ApacheWebhookSender sender, AgreeOnKey key) {
    return new Deliverers(deliver, sender, key::handle);
  }

  @Provides
  Told told(NumberEvents number, EventHub hub, Deliverers webhooks) {
    return new Told(number, hub, webhooks);
  }

  @Provides
  Kept kept(StartDueJobs due, PauseFailing failing, CarrierReload carriers) {
    return new Kept(due, failing, carriers);
  }

  @Provides
  @Singleton
  Workers workers(Dispatch dispatch, Tails tails, LateAnswers late, ProgressFeed feed) {
    return new Workers(
        dispatch,
        tails,
        late,
        feed,
        configuration.dispatch().workers(),
        configuration.dispatch().urgentWorkers());
  }

  @Provides
  @Singleton
  GrpcPart grpc(GrpcServer server) {
    return new GrpcPart(server);
  }

  @Provides
  Hubs hubs(WatchHub job, JobsHub jobs) {
    return new Hubs(job, jobs);
  }

  /// What those read who watch: one job, and all of a tenant.
  record Hubs(WatchHub job, JobsHub jobs) {}

  /// What tells of events.
  record Told(NumberEvents numbering, EventHub hub, Deliverers webhooks) {
    int number() {
      int numbered = numbering.handle();
      if (numbered > 0) {
        webhooks.wake();
      }
      return numbered;
    }
  }

  /// What the engine needs to be called for.
  record Running(JobBook book, LeaseKeeper keeper, LateAnswers late, RecentSuppressions stops) {}

  /// What keeps jobs moving.
  record Kept(StartDueJobs due, PauseFailing failing, CarrierReload carriers) {}
}
