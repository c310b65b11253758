package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.dispatch.JobBook;
import dev.carillon.application.erasure.SweepErasures;
import dev.carillon.application.event.KeepEvents;
import dev.carillon.application.keeping.AbandonUploads;
import dev.carillon.application.keeping.AskCarriers;
import dev.carillon.application.keeping.Duties;
import dev.carillon.application.keeping.Duty;
import dev.carillon.application.keeping.EndFrozen;
import dev.carillon.application.keeping.ExpireJobs;
import dev.carillon.application.keeping.FindStalled;
import dev.carillon.application.keeping.ForgetImports;
import dev.carillon.application.keeping.GiveUpUnknown;
import dev.carillon.application.keeping.GuardDispatch;
import dev.carillon.application.keeping.PauseFailing;
import dev.carillon.application.keeping.RescueLapsed;
import dev.carillon.application.keeping.SettleByDeadline;
import dev.carillon.application.keeping.StalledJobs;
import dev.carillon.application.keeping.StartDueJobs;
import dev.carillon.application.keeping.TidyUp;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.HistoryNotes;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.application.webhook.GiveUpDeliveries;
import dev.carillon.bootstrap.config.DispatchConfig;
import dev.carillon.bootstrap.config.KeepingConfig;
import dev.carillon.persistence.FileHistoryNotes;
import dev.carillon.persistence.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Makes what keeps jobs moving and the store tidy.
final class KeepingModule extends AbstractModule {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final KeepingConfig config;
  private final DispatchConfig dispatch;
  private final Duration openAge;
  private final PostgresSource source;

  /// @param openAge how long a job may be OPEN
  KeepingModule(
      KeepingConfig config, DispatchConfig dispatch, Duration openAge, PostgresSource source) {
    this.config = config;
    this.dispatch = dispatch;
    this.openAge = openAge;
    this.source = source;
  }

  @Provides
  @Singleton
  GuardDispatch guardDispatch(Stores stores, HistoryNotes notes, InstantSource clock) {
    return new GuardDispatch(new SwitchLog(stores.witness()), stores.events(), notes, clock);
  }

  @Provides
  @Singleton
  HistoryNotes historyNotes() {
    return Optional.ofNullable(config.witnessFile())
        .or(() -> source.directory().map(directory -> directory.resolve("witness")))
        .<HistoryNotes>map(FileHistoryNotes::new)
        .orElseGet(HistoryNotes::none);
  }

  @Provides
  @Singleton
  StartDueJobs startDueJobs(Stores stores, ProgressFeed feed, InstantSource clock) {
    return new StartDueJobs(stores.jobs(), feed, clock, config.misfireGrace());
  }

  @Provides
  @Singleton
  PauseFailing pauseFailing(
      Stores stores, JobLife life, ProgressFeed feed, InstantSource clock, JobBook book) {
    return new PauseFailing(
        new PauseFailing.Store(stores.transactions(), stores.jobs()),
        life,
        feed,
        clock,
        config.failures(),
        book::atWork);
  }

  @Provides
  @Singleton
  StalledJobs stalledJobs(Stores stores, FlowControl flow, Carriers carriers, InstantSource clock) {
    return new StalledJobs(stores.jobs(), stores.witness(), flow, carriers, clock);
  }

  @Provides
  @Singleton
  Duties duties(
      Stores stores,
      Sweeping sweeping,
      JobLife life,
      ProgressFeed feed,
      Carriers carriers,
      StalledJobs stalled,
      SweepErasures erasures,
      ForgetImports imports,
      NoticeModule.Parked parked,
      KeepEvents events,
      GiveUpDeliveries deliveries,
      InstantSource clock) {
    // Carriers come and go while the house runs.
    Supplier<Duration> grace = () -> dispatch.doubtGrace().plus(slowest(carriers));
    ExpireJobs expire = new ExpireJobs(stores.jobs(), stores.chunks(), sweeping, clock);
    RescueLapsed rescue = new RescueLapsed(stores.chunks(), sweeping, grace);
    GiveUpUnknown giveUp = new GiveUpUnknown(stores.chunks(), sweeping, clock, grace);
    AskCarriers ask =
        new AskCarriers(
            new AskCarriers.Store(
                stores.transactions(),
                stores.jobs(),
                stores.chunks(),
                stores.carrierNumbers(),
                stores.carrierMessages()),
            carriers,
            sweeping,
            clock,
            grace);
    SettleByDeadline settle =
        new SettleByDeadline(
            new SettleByDeadline.Store(stores.transactions(), stores.jobs(), stores.chunks()),
            sweeping,
            life,
            feed,
            clock,
            config.receiptWindow());
    AbandonUploads abandon =
        new AbandonUploads(
            new AbandonUploads.Store(stores.transactions(), stores.jobs(), stores.uploads()),
            life,
            feed,
            clock,
            openAge);
    FindStalled watchdog = new FindStalled(stalled, clock, config.quietTime(), StalledJobLog::tell);
    EndFrozen endFrozen = new EndFrozen(stores.frozen(), dispatch.settings().leaseTime());
    TidyUp tidy = new TidyUp(stores.retention(), clock, config.tidy());
    List<Duty> duties =
        List.of(
            new Duty("frozen", config.period(), endFrozen::handle),
            new Duty("expire", config.period(), expire::handle),
            new Duty("rescue", config.period().multipliedBy(2), rescue::handle),
            new Duty("give-up", config.period().multipliedBy(5), giveUp::handle),
            new Duty("ask-carriers", config.period().multipliedBy(5), ask::handle),
            new Duty("settle", config.period().multipliedBy(10), settle::handle),
            new Duty("uploads", config.period().multipliedBy(10), abandon::handle),
            new Duty("erasures", config.period(), erasures::handle),
            new Duty("search", MINUTE, stores.retention()::makeSearchable),
            new Duty("watchdog", MINUTE, watchdog::handle),
            new Duty("imports", MINUTE.multipliedBy(10), imports::handle),
            new Duty("deliveries", MINUTE, deliveries::handle),
            new Duty("events", MINUTE, events::handle),
            new Duty("tidy", MINUTE.multipliedBy(10), tidy::handle));
    return new Duties(
        stores.leadership(),
        UUID.randomUUID().toString(),
        clock,
        Stream.concat(duties.stream(), parked.duties().stream()).toList());
  }

  /// The longest that any carrier may take to answer.
  private static Duration slowest(Carriers carriers) {
    return carriers.all().stream()
        .map(Carrier::answerTimeout)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
