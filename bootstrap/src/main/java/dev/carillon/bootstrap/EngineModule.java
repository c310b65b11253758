package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.RecordReceipts;
import dev.carillon.application.dispatch.CarrierCircuits;
import dev.carillon.application.dispatch.ChunkRuns;
import dev.carillon.application.dispatch.Dispatch;
import dev.carillon.application.dispatch.JobBook;
import dev.carillon.application.dispatch.JobQueue;
import dev.carillon.application.dispatch.Knowledge;
import dev.carillon.application.dispatch.LateAnswers;
import dev.carillon.application.dispatch.LeaseKeeper;
import dev.carillon.application.dispatch.RecentSuppressions;
import dev.carillon.application.dispatch.StopLists;
import dev.carillon.application.dispatch.Tails;
import dev.carillon.application.dispatch.Troubles;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.Permits;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.ReceiptSink;
import dev.carillon.application.port.Templating;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.Settling;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.bootstrap.config.DispatchConfig;
import dev.carillon.bootstrap.run.Workers;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/// Makes the engine: the settling step, the order of service, and what hands messages over. It goes
/// to the store by connections of its own, so that callers cannot starve it.
final class EngineModule extends AbstractModule {
  private final DispatchConfig config;

  EngineModule(DispatchConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  Stores stores(Database database) {
    return database.forEngine();
  }

  @Provides
  @Singleton
  Permits permits(Stores stores) {
    return stores.permits();
  }

  @Provides
  @Singleton
  FlowLimits flowLimits(Stores stores) {
    return stores.limits();
  }

  @Provides
  @Singleton
  JobLife life(Stores stores) {
    return new JobLife(stores.jobs(), stores.outbox());
  }

  @Provides
  @Singleton
  Settling settling(Stores stores, JobLife life, ProgressFeed feed, InstantSource clock) {
    return new Settling(settlingStore(stores), life, feed, clock, config.retries());
  }

  @Provides
  @Singleton
  Sweeping sweeping(Stores stores, JobLife life, ProgressFeed feed, InstantSource clock) {
    return new Sweeping(settlingStore(stores), life, feed, clock, config.retries());
  }

  @Provides
  @Singleton
  ReceiptSink receiptSink(Sweeping sweeping) {
    return new RecordReceipts(sweeping);
  }

  @Provides
  @Singleton
  JobBook jobBook(Stores stores, Templating templating) {
    return new JobBook(stores.jobs(), templating);
  }

  @Provides
  @Singleton
  JobQueue jobQueue(Stores stores, Carriers carriers, FlowControl flow, InstantSource clock) {
    return new JobQueue(
        stores.jobs(),
        new CarrierCircuits(stores.jobs(), carriers, flow),
        clock,
        config.workers(),
        config.settings().slice());
  }

  @Provides
  @Singleton
  RecentSuppressions recentSuppressions(Stores stores) {
    return new RecentSuppressions(stores.suppressions());
  }

  @Provides
  @Singleton
  LateAnswers lateAnswers(Sweeping sweeping) {
    return new LateAnswers(sweeping);
  }

  @Provides
  @Singleton
  LeaseKeeper leaseKeeper(Stores stores) {
    return new LeaseKeeper(stores.chunks(), config.settings().leaseTime());
  }

  @Provides
  @Singleton
  Tails tails() {
    return new Tails(config.tails(), Workers.tailThreads());
  }

  @Provides
  @Singleton
  ChunkRuns chunkRuns(
      ChunkRuns.Engine engine,
      JobQueue queue,
      JobBook book,
      ChunkRuns.Outside outside,
      InstantSource clock) {
    return new ChunkRuns(
        engine,
        queue,
        book,
        outside,
        clock,
        config.retries(),
        () -> ThreadLocalRandom.current().nextLong(),
        config.settings());
  }

  @Provides
  ChunkRuns.Engine engine(Settling settling, LateAnswers late, LeaseKeeper keeper) {
    return new ChunkRuns.Engine(settling, late, keeper);
  }

  @Provides
  ChunkRuns.Outside outside(
      Stores stores,
      Carriers carriers,
      FlowControl flow,
      Numbering numbering,
      RecentSuppressions recent) {
    return new ChunkRuns.Outside(
        new Knowledge(carriers, stores.carrierNumbers(), numbering, stores.log()),
        flow,
        new StopLists(stores.suppressions(), recent));
  }

  @Provides
  @Singleton
  Dispatch dispatch(
      JobQueue queue,
      JobBook book,
      ChunkRuns runs,
      Tails tails,
      Stores stores,
      InstantSource clock) {
    return new Dispatch(queue, book, runs, tails, new Troubles(stores.jobs(), queue, clock));
  }

  static Settling.Store settlingStore(Stores stores) {
    return new Settling.Store(
        stores.transactions(),
        stores.chunks(),
        stores.messages(),
        stores.log(),
        stores.ledger(),
        stores.carrierNumbers());
  }
}
