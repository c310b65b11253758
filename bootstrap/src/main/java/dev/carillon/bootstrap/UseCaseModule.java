package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.AddBulkJobRecipients;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.EstimateBulkJob;
import dev.carillon.application.ExplainWait;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.Idempotency;
import dev.carillon.application.Limits;
import dev.carillon.application.ListBulkJobs;
import dev.carillon.application.PauseBulkJob;
import dev.carillon.application.ResumeBulkJob;
import dev.carillon.application.RetryBulkJob;
import dev.carillon.application.Scripts;
import dev.carillon.application.StartBulkJob;
import dev.carillon.application.Steering;
import dev.carillon.application.UpdateBulkJob;
import dev.carillon.application.UploadLimits;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.billing.GetBalance;
import dev.carillon.application.message.ExportMessages;
import dev.carillon.application.message.GetMessage;
import dev.carillon.application.message.ListMessages;
import dev.carillon.application.message.SearchMessages;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.quota.SubmissionQuotas;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.application.watch.JobsHub;
import dev.carillon.application.watch.WatchBulkJob;
import dev.carillon.application.watch.WatchBulkJobs;
import dev.carillon.application.watch.WatchHub;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import java.time.InstantSource;

/// Makes the use cases that callers wait for. They go to the store by other connections than the
/// engine, so that neither can starve the other.
final class UseCaseModule extends AbstractModule {
  private static final int MOST_WATCHERS_OF_ALL = 1_000;

  private final Limits limits;
  private final UploadLimits uploads;
  private final RetryPolicy retries;
  private final int mostWatchers;

  UseCaseModule(Limits limits, UploadLimits uploads, RetryPolicy retries, int mostWatchers) {
    this.limits = limits;
    this.uploads = uploads;
    this.retries = retries;
    this.mostWatchers = mostWatchers;
  }

  @Provides
  Limits limits() {
    return limits;
  }

  @Provides
  UploadLimits uploads() {
    return uploads;
  }

  @Provides
  @Singleton
  CreateBulkJob createBulkJob(
      Database database,
      CreateBulkJob.Knowledge knowledge,
      ProgressFeed feed,
      IdSource ids,
      InstantSource clock) {
    return new CreateBulkJob(
        idempotency(database, clock),
        submissionStore(database),
        knowledge,
        feed,
        ids,
        clock,
        limits);
  }

  @Provides
  CreateBulkJob.Knowledge knowledge(
      Database database,
      Numbering numbering,
      Carriers carriers,
      Scripts scripts,
      Charging charging,
      SubmissionQuotas quotas) {
    Stores stores = database.forCalls();
    return new CreateBulkJob.Knowledge(
        numbering,
        stores.suppressions(),
        stores.history(),
        stores.audiences(),
        carriers,
        scripts,
        charging,
        quotas);
  }

  @Provides
  @Singleton
  EstimateBulkJob estimateBulkJob(
      Database database,
      CreateBulkJob.Knowledge knowledge,
      GetBalance balances,
      InstantSource clock) {
    return new EstimateBulkJob(
        database.forCalls().transactions(), knowledge, balances, clock, limits);
  }

  @Provides
  @Singleton
  AddBulkJobRecipients addBulkJobRecipients(
      Database database,
      CreateBulkJob.Knowledge knowledge,
      ProgressFeed feed,
      InstantSource clock) {
    return new AddBulkJobRecipients(
        database.forCalls().transactions(),
        submissionStore(database),
        knowledge,
        feed,
        clock,
        limits,
        uploads);
  }

  @Provides
  @Singleton
  StartBulkJob startBulkJob(Database database, ProgressFeed feed, InstantSource clock) {
    return new StartBulkJob(
        steering(database, feed, clock), submissionStore(database), life(database), limits);
  }

  @Provides
  @Singleton
  PauseBulkJob pauseBulkJob(Database database, ProgressFeed feed, InstantSource clock) {
    return new PauseBulkJob(steering(database, feed, clock), life(database));
  }

  @Provides
  @Singleton
  ResumeBulkJob resumeBulkJob(Database database, ProgressFeed feed, InstantSource clock) {
    return new ResumeBulkJob(steering(database, feed, clock));
  }

  @Provides
  @Singleton
  CancelBulkJob cancelBulkJob(Database database, ProgressFeed feed, InstantSource clock) {
    Stores stores = database.forCalls();
    Sweeping sweeping =
        new Sweeping(EngineModule.settlingStore(stores), life(database), feed, clock, retries);
    return new CancelBulkJob(
        steering(database, feed, clock), stores.chunks(), sweeping, life(database));
  }

  @Provides
  @Singleton
  UpdateBulkJob updateBulkJob(Database database, ProgressFeed feed, InstantSource clock) {
    return new UpdateBulkJob(steering(database, feed, clock), database.forCalls().chunks(), clock);
  }

  @Provides
  @Singleton
  RetryBulkJob retryBulkJob(
      Database database,
      Carriers carriers,
      Charging charging,
      SubmissionQuotas quotas,
      ProgressFeed feed,
      IdSource ids,
      InstantSource clock) {
    return new RetryBulkJob(
        idempotency(database, clock),
        submissionStore(database),
        new RetryBulkJob.Knowledge(carriers, charging, quotas),
        feed,
        ids,
        clock,
        limits);
  }

  @Provides
  @Singleton
  GetBulkJob getBulkJob(
      Database database, Carriers carriers, FlowControl flow, InstantSource clock) {
    Stores stores = database.forCalls();
    return new GetBulkJob(
        stores.jobs(), stores.uploads(), new ExplainWait(stores.fronts(), carriers, flow, clock));
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
  SearchMessages searchMessages(Database database, Numbering numbering) {
    return new SearchMessages(database.forCalls().messages(), numbering);
  }

  @Provides
  @Singleton
  ExportMessages exportMessages(Database database) {
    return new ExportMessages(database.forCalls().messages());
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
  WatchBulkJobs watchBulkJobs(Database database, JobsHub hub) {
    Stores stores = database.forCalls();
    return new WatchBulkJobs(stores.jobs(), stores.events(), hub);
  }

  @Provides
  @Singleton
  JobsHub jobsHub(Database database, ProgressFeed feed, InstantSource clock) {
    Stores stores = database.forEngine();
    return new JobsHub(stores.jobs(), stores.events(), feed, clock, MOST_WATCHERS_OF_ALL);
  }

  static Idempotency idempotency(Database database, InstantSource clock) {
    return idempotency(database.forCalls(), clock);
  }

  static Idempotency idempotency(Stores stores, InstantSource clock) {
    return new Idempotency(stores.transactions(), stores.keys(), clock);
  }

  private static CreateBulkJob.Store submissionStore(Database database) {
    Stores stores = database.forCalls();
    return new CreateBulkJob.Store(
        stores.jobs(), stores.chunks(), stores.messages(), stores.uploads());
  }

  private static Steering steering(Database database, ProgressFeed feed, InstantSource clock) {
    return new Steering(idempotency(database, clock), database.forCalls().jobs(), feed, clock);
  }

  private static JobLife life(Database database) {
    Stores stores = database.forCalls();
    return new JobLife(stores.jobs(), stores.outbox());
  }
}
