package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.AddBulkJobRecipients;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.EstimateBulkJob;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.Limits;
import dev.carillon.application.ListBulkJobs;
import dev.carillon.application.PauseBulkJob;
import dev.carillon.application.ResumeBulkJob;
import dev.carillon.application.RetryBulkJob;
import dev.carillon.application.StartBulkJob;
import dev.carillon.application.UpdateBulkJob;
import dev.carillon.application.UploadLimits;
import dev.carillon.application.admin.AuditBulkJob;
import dev.carillon.application.admin.ConfirmDispatch;
import dev.carillon.application.admin.ListCarriers;
import dev.carillon.application.admin.ListSenderLimits;
import dev.carillon.application.admin.ListStalledJobs;
import dev.carillon.application.admin.SetSenderLimit;
import dev.carillon.application.admin.ShowDispatchSwitch;
import dev.carillon.application.admin.SwitchDispatchOff;
import dev.carillon.application.admin.UpdateCarrier;
import dev.carillon.application.credentials.Authenticate;
import dev.carillon.application.port.StoppedBusinesses;
import dev.carillon.application.port.Tenancy;
import dev.carillon.application.quota.RequestQuota;
import dev.carillon.application.watch.JobsHub;
import dev.carillon.application.watch.WatchBulkJob;
import dev.carillon.application.watch.WatchBulkJobs;
import dev.carillon.application.watch.WatchHub;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// Wires the gRPC adapter: provides a [GrpcServer], needs the use cases, [WatchHub], [JobsHub],
/// [StoppedBusinesses], [Tenancy], [RequestQuota], [Limits], [UploadLimits] and an InstantSource.
public final class GrpcModule extends AbstractModule {
  private final GrpcConfig config;

  /// Throws an IllegalArgumentException with all problems of the config.
  public GrpcModule(GrpcConfig config) {
    List<String> problems = config.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    this.config = config;
  }

  @Override
  protected void configure() {
    install(new MessageGrpcModule());
    install(new TemplateGrpcModule());
    install(new RecipientGrpcModule());
    install(new RecipientGroupGrpcModule());
    install(new SuppressionGrpcModule());
    install(new TenantGrpcModule());
    install(new BillingGrpcModule());
    install(new WebhookGrpcModule());
    install(new EventGrpcModule(config.streams()));
  }

  @Provides
  @Singleton
  GrpcServer server(
      ServiceChain chain,
      ProgressStreams streams,
      ChunkStreams uploads,
      ExportStreams exports,
      EventStreams eventStreams,
      BulkJobGrpcService bulkJobs,
      MessageGrpcService messages,
      TemplateGrpcService templates,
      RecipientGrpcService recipients,
      RecipientGroupGrpcService groups,
      SuppressionGrpcService suppressions,
      BillingGrpcService billing,
      WebhookGrpcService webhooks,
      EventGrpcService events,
      AdminGrpcService admin) {
    return new GrpcServer(
        config,
        chain,
        List.of(
            bulkJobs,
            messages,
            recipients,
            groups,
            suppressions,
            templates,
            billing,
            webhooks,
            events,
            admin),
        streams,
        uploads,
        exports,
        eventStreams);
  }

  @Provides
  BulkJobGrpcService bulkJobs(
      BulkJobUseCases useCases,
      BulkJobResponses responses,
      ProgressStreams streams,
      ChunkStreams uploads,
      InstantSource clock) {
    return new BulkJobGrpcService(
        useCases, responses, new WatchResponses(responses, clock), streams, uploads);
  }

  @Provides
  BulkJobUseCases bulkJobUseCases(
      EstimateBulkJob estimate,
      CreateBulkJob create,
      AddBulkJobRecipients add,
      StartBulkJob start,
      GetBulkJob get,
      ListBulkJobs list,
      WatchBulkJob watch,
      WatchBulkJobs watchAll,
      PauseBulkJob pause,
      ResumeBulkJob resume,
      CancelBulkJob cancel,
      UpdateBulkJob update,
      RetryBulkJob retry) {
    return new BulkJobUseCases(
        estimate, create, add, start, get, list, watch, watchAll, pause, resume, cancel, update,
        retry);
  }

  @Provides
  AdminGrpcService admin(
      AdminUseCases useCases, TenantUseCases tenants, BulkJobResponses responses) {
    return new AdminGrpcService(useCases, tenants, responses);
  }

  @Provides
  AdminUseCases adminUseCases(
      ListCarriers listCarriers,
      UpdateCarrier updateCarrier,
      ListSenderLimits listSenderLimits,
      SetSenderLimit setSenderLimit,
      AuditBulkJob audit,
      ListStalledJobs listStalled,
      ShowDispatchSwitch showSwitch,
      ConfirmDispatch confirm,
      SwitchDispatchOff switchOff) {
    return new AdminUseCases(
        listCarriers,
        updateCarrier,
        listSenderLimits,
        setSenderLimit,
        audit,
        listStalled,
        showSwitch,
        confirm,
        switchOff);
  }

  @Provides
  @Singleton
  ServiceChain chain(
      ErrorInterceptor errors,
      Authenticate authenticate,
      StoppedBusinesses stopped,
      RequestQuota quota,
      Tenancy tenancy,
      Limits limits,
      UploadLimits uploads) {
    return new ServiceChain(
        new DecodingGuard(
            config.maxMessageBytes(), limits.recipientsPerJob(), uploads.recipientsPerChunk()),
        errors,
        new CredentialsInterceptor(authenticate),
        new AuthorizationInterceptor(stopped),
        new QuotaInterceptor(quota),
        new AdmissionInterceptor(config.load()),
        new ValidationInterceptor(Validators.create()),
        new TenancyInterceptor(tenancy));
  }

  @Provides
  @Singleton
  ProgressStreams streams(ErrorInterceptor errors, WatchHub hub, JobsHub jobsHub) {
    ProgressStreams streams = new ProgressStreams(config.streams(), errors);
    hub.onNews(streams::stir);
    jobsHub.onNews(streams::stir);
    return streams;
  }

  @Provides
  @Singleton
  ChunkStreams uploads(ErrorInterceptor errors, Tenants tenants) {
    return new ChunkStreams(config.load().submissionArrival(), errors, tenants);
  }

  @Provides
  Tenants tenants(Tenancy tenancy) {
    return new Tenants(tenancy);
  }

  @Provides
  BulkJobResponses bulkJobResponses(InstantSource clock) {
    return new BulkJobResponses(clock);
  }

  @Provides
  @Singleton
  ErrorInterceptor errors() {
    return new ErrorInterceptor(new Incidents(() -> UUID.randomUUID().toString()));
  }
}
