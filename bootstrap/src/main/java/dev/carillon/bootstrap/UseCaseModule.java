package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.Dispatch;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.GetMessage;
import dev.carillon.application.Idempotency;
import dev.carillon.application.JobBook;
import dev.carillon.application.JobLife;
import dev.carillon.application.Limits;
import dev.carillon.application.ListBulkJobs;
import dev.carillon.application.ListMessages;
import dev.carillon.application.RecordReceipts;
import dev.carillon.application.Settling;
import dev.carillon.application.Tails;
import dev.carillon.application.WatchBulkJob;
import dev.carillon.application.WatchHub;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.ReceiptSink;
import dev.carillon.bootstrap.config.DispatchConfig;
import dev.carillon.bootstrap.run.Workers;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/// Makes the use cases. What callers wait for and what the engine does go to the store by separate
/// connections, so that neither can starve the other.
final class UseCaseModule extends AbstractModule {
  private final Limits limits;
  private final DispatchConfig dispatch;
  private final int mostWatchers;

  UseCaseModule(Limits limits, DispatchConfig dispatch, int mostWatchers) {
    this.limits = limits;
    this.dispatch = dispatch;
    this.mostWatchers = mostWatchers;
  }

  @Provides
  Limits limits() {
    return limits;
  }

  @Provides
  @Singleton
  CreateBulkJob createBulkJob(
      Database database,
      Numbering numbering,
      Carriers carriers,
      ProgressFeed feed,
      IdSource ids,
      InstantSource clock) {
    Stores stores = database.forCalls();
    return new CreateBulkJob(
        new Idempotency(stores.transactions(), stores.keys(), clock),
        new CreateBulkJob.Store(stores.jobs(), stores.chunks(), stores.messages()),
        new CreateBulkJob.Knowledge(numbering, stores.suppressions(), carriers),
        feed,
        ids,
        clock,
        limits);
  }

  @Provides
  @Singleton
  CancelBulkJob cancelBulkJob(Database database, ProgressFeed feed, InstantSource clock) {
    Stores stores = database.forCalls();
    return new CancelBulkJob(
        new Idempotency(stores.transactions(), stores.keys(), clock),
        stores.jobs(),
        stores.chunks(),
        settling(stores, feed, clock),
        feed,
        clock);
  }

  @Provides
  @Singleton
  GetBulkJob getBulkJob(Database database) {
    return new GetBulkJob(database.forCalls().jobs());
  }

  @Provides
  @Singleton
  ListBulkJobs listBulkJobs(Database database) {
    return new ListBulkJobs(database.forCalls().jobs());
  }

  @Provides
  @Singleton
  GetMessage getMessage(Database database) {
    return new GetMessage(database.forCalls().messages());
  }

  @Provides
  @Singleton
  ListMessages listMessages(Database database) {
    return new ListMessages(database.forCalls().messages());
  }

  @Provides
  @Singleton
  WatchBulkJob watchBulkJob(GetBulkJob getBulkJob, WatchHub hub) {
    return new WatchBulkJob(getBulkJob, hub);
  }

  @Provides
  @Singleton
  WatchHub watchHub(Database database, ProgressFeed feed) {
    return new WatchHub(database.forEngine().jobs(), feed, mostWatchers);
  }

  @Provides
  @Singleton
  JobBook jobBook(Database database) {
    return new JobBook(database.forEngine().jobs());
  }

  @Provides
  @Singleton
  Tails tails() {
    return new Tails(dispatch.tails(), Workers.tailThreads());
  }

  @Provides
  @Singleton
  Dispatch dispatch(
      Database database,
      Carriers carriers,
      JobBook book,
      ProgressFeed feed,
      InstantSource clock,
      Tails tails) {
    Stores stores = database.forEngine();
    return new Dispatch(
        settling(stores, feed, clock),
        stores.messages(),
        carriers,
        book,
        clock,
        dispatch.retries(),
        () -> ThreadLocalRandom.current().nextLong(),
        dispatch.settings(),
        tails);
  }

  @Provides
  @Singleton
  ReceiptSink receiptSink(Database database, ProgressFeed feed, InstantSource clock) {
    return new RecordReceipts(settling(database.forEngine(), feed, clock));
  }

  private Settling settling(Stores stores, ProgressFeed feed, InstantSource clock) {
    return new Settling(
        stores.transactions(),
        stores.chunks(),
        stores.log(),
        new JobLife(stores.jobs(), stores.outbox()),
        feed,
        clock,
        dispatch.retries());
  }
}
