package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Provides;
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
import dev.carillon.application.admin.AuditBulkJob;
import dev.carillon.application.admin.ConfirmDispatch;
import dev.carillon.application.admin.ListCarriers;
import dev.carillon.application.admin.ListSenderLimits;
import dev.carillon.application.admin.ListStalledJobs;
import dev.carillon.application.admin.SetSenderLimit;
import dev.carillon.application.admin.ShowDispatchSwitch;
import dev.carillon.application.admin.SwitchDispatchOff;
import dev.carillon.application.admin.Trail;
import dev.carillon.application.admin.UpdateCarrier;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.billing.GetBalance;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.fixture.NoLimits;
import dev.carillon.application.fixture.NoQuotas;
import dev.carillon.application.fixture.PlainTemplating;
import dev.carillon.application.keeping.StalledJobs;
import dev.carillon.application.memory.InMemoryCredentials;
import dev.carillon.application.memory.InMemoryProgressFeed;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.InMemoryTenancy;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.message.ExportMessages;
import dev.carillon.application.message.GetMessage;
import dev.carillon.application.message.ListMessages;
import dev.carillon.application.message.SearchMessages;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Tenancy;
import dev.carillon.application.port.Tokens;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.quota.QuotaDefaults;
import dev.carillon.application.quota.RequestQuota;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Leasing;
import dev.carillon.application.settling.Marks;
import dev.carillon.application.settling.Settling;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.application.watch.JobsHub;
import dev.carillon.application.watch.WatchBulkJob;
import dev.carillon.application.watch.WatchBulkJobs;
import dev.carillon.application.watch.WatchHub;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.BillingServiceGrpc;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.MessageServiceGrpc;
import dev.carillon.v1.RecipientServiceGrpc;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.TemplateServiceGrpc;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The whole gRPC server on a loopback port, over a store in memory; a client of it fails when a
/// refusal lacks an ErrorInfo.
final class House {
  /// Chunks of 1,000, and else the defaults.
  static final UploadLimits UPLOADS =
      new UploadLimits(1_000, 100_000, 10_000_000, 100, UploadLimits.DEFAULTS.openAge());

  /// One message to one.
  static final CreateBulkJobRequest SUBMISSION =
      CreateBulkJobRequest.newBuilder()
          .setSms(SmsContent.newBuilder().setText("hello"))
          .addTo("0771234567")
          .build();

  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Route CARRIER = new Route(new CarrierId("simulated"), "");
  static final String KEY = "sk_test_house";
  static final String STRANGERS_KEY = "sk_test_stranger";
  static final String OPERATORS_KEY = "sk_test_operator";
  static final Caller CALLER = caller(1, Role.USER);
  static final Caller OPERATOR = caller(3, Role.OPERATOR);

  final MutableClock clock;
  final InMemoryStore store;
  final InMemoryProgressFeed feed;
  final InMemoryCredentials credentials = new InMemoryCredentials();
  volatile Tokens tokens = Tokens.none();
  final InMemoryTenancy tenancy = new InMemoryTenancy();
  final ScriptedKnowledge knowledge = new ScriptedKnowledge();
  final WatchHub hub;
  private final JobsHub jobsHub;
  private final JobLife life;
  private final Settling.Store settled;
  final GrpcServer server;
  final int port;
  private final List<Thread> refreshers;
  private final List<ManagedChannel> channels = new ArrayList<>();

  private House(
      GrpcConfig config, MutableClock clock, InMemoryStore store, InMemoryProgressFeed feed) {
    this.clock = clock;
    this.store = store;
    this.feed = feed;
    this.hub = new WatchHub(store.jobs(), feed, 10_000);
    this.jobsHub = new JobsHub(store.jobs(), store.events(), feed, clock, 100);
    this.life = new JobLife(store.jobs(), store.outbox());
    this.settled =
        new Settling.Store(
            store,
            store.chunks(),
            store.messages(),
            store.log(),
            store.ledger(),
            store.carrierNumbers());
    credentials.grant(KEY, CALLER);
    credentials.grant(STRANGERS_KEY, caller(2, Role.USER));
    credentials.grant(OPERATORS_KEY, OPERATOR);
    server =
        Guice.createInjector(
                new GrpcModule(config),
                new UseCases(),
                new RecipientsInMemory(store, knowledge, clock),
                new GroupsInMemory(store, clock),
                new SuppressionsInMemory(store, knowledge, clock),
                new BillingInMemory(store, clock),
                new TenantsInMemory(store, credentials, token -> tokens.verify(token), clock),
                new TemplatesInMemory(store, clock),
                new WebhooksInMemory(store, clock))
            .getInstance(GrpcServer.class);
    port = server.start();
    refreshers =
        List.of(
            Thread.ofVirtual().start(() -> refresh(hub::refresh)),
            Thread.ofVirtual().start(() -> refresh(this::refreshJobs)));
  }

  static House open() {
    return open(config(GrpcConfig.Load.DEFAULTS));
  }

  static House open(GrpcConfig config) {
    MutableClock clock = new MutableClock(NOW);
    return new House(config, clock, new InMemoryStore(clock), new InMemoryProgressFeed());
  }

  /// Another node over the same store.
  House node(GrpcConfig config) {
    return new House(config, clock, store, feed);
  }

  /// Fast streams, any port, 1 MiB requests.
  static GrpcConfig config(GrpcConfig.Load load) {
    return new GrpcConfig(
        "127.0.0.1",
        0,
        null,
        1 << 20,
        16 << 10,
        GrpcConfig.Connections.DEFAULTS,
        load,
        new GrpcConfig.Streams(Duration.ofSeconds(15), Duration.ofMillis(1)));
  }

  BulkJobServiceGrpc.BulkJobServiceBlockingStub jobs() {
    return jobs(KEY);
  }

  BulkJobServiceGrpc.BulkJobServiceBlockingStub jobs(String key) {
    return BulkJobServiceGrpc.newBlockingStub(channel())
        .withInterceptors(with("x-api-key", key), new ErrorInfoRequired());
  }

  AdminServiceGrpc.AdminServiceBlockingStub admin() {
    return admin(OPERATORS_KEY);
  }

  AdminServiceGrpc.AdminServiceBlockingStub admin(String key) {
    return AdminServiceGrpc.newBlockingStub(channel())
        .withInterceptors(with("x-api-key", key), new ErrorInfoRequired());
  }

  BillingServiceGrpc.BillingServiceBlockingStub billing(String key) {
    return BillingServiceGrpc.newBlockingStub(channel())
        .withInterceptors(with("x-api-key", key), new ErrorInfoRequired());
  }

  TemplateServiceGrpc.TemplateServiceBlockingStub templates() {
    return templates(KEY);
  }

  TemplateServiceGrpc.TemplateServiceBlockingStub templates(String key) {
    return TemplateServiceGrpc.newBlockingStub(channel())
        .withInterceptors(with("x-api-key", key), new ErrorInfoRequired());
  }

  RecipientServiceGrpc.RecipientServiceBlockingStub recipients() {
    return recipients(KEY);
  }

  RecipientServiceGrpc.RecipientServiceBlockingStub recipients(String key) {
    return RecipientServiceGrpc.newBlockingStub(channel())
        .withInterceptors(with("x-api-key", key), new ErrorInfoRequired());
  }

  MessageServiceGrpc.MessageServiceBlockingStub messages() {
    return MessageServiceGrpc.newBlockingStub(channel())
        .withInterceptors(with("x-api-key", KEY), new ErrorInfoRequired());
  }

  /// A connection of its own.
  ManagedChannel channel() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    channels.add(channel);
    return channel;
  }

  static ClientInterceptor with(String name, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  /// The stub with the caller's key.
  static <T extends AbstractStub<T>> T asCaller(T stub) {
    return stub.withInterceptors(with("x-api-key", KEY));
  }

  /// Makes a job of the caller's, of one message, and returns its id.
  String newJob() {
    return jobs().createBulkJob(SUBMISSION).getBulkJob().getBulkId();
  }

  /// How many jobs the caller has.
  long jobCount() {
    return store.jobs().list(CALLER.scope(), JobFilter.ALL, PageRequest.first()).totalSize();
  }

  /// Leases the job's next chunk and marks that many of its messages: they are at a carrier.
  LeasedChunk handOver(String bulkId, int count) {
    Settling settling = new Settling(settled, life, feed, clock, RetryPolicy.DEFAULT);
    Leasing leasing =
        settling.lease(
            job(bulkId).id(), new WorkerId("worker-1"), LEASE, (_, _, _) -> Marks.next(count));
    return ((Leasing.Leased) leasing).chunk();
  }

  /// Has the carrier answer so to all that was handed over.
  void answer(LeasedChunk chunk, DispatchOutcome outcome) {
    Settling settling = new Settling(settled, life, feed, clock, RetryPolicy.DEFAULT);
    List<Answer> answers =
        chunk.settled().marked().stream()
            .map(marked ->
                new Answer(
                    marked.position(), marked.attempt(), false, outcome, CARRIER, clock.instant()))
            .toList();
    settling.settle(chunk.key(), chunk.lease(), answers, Marks.NONE, LEASE);
  }

  /// The caller's job as it is stored.
  BulkJob job(String bulkId) {
    return store.jobs().find(CALLER.scope(), BulkId.parse(bulkId).orElseThrow()).orElseThrow();
  }

  /// Tells the watchers that something of the job changed.
  void changed(JobId job) {
    feed.changed(job);
  }

  void close() throws InterruptedException {
    for (ManagedChannel channel : channels) {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
    server.stop(Duration.ofMillis(100));
    for (Thread refresher : refreshers) {
      refresher.interrupt();
      refresher.join();
    }
  }

  private void refreshJobs(Duration most) throws InterruptedException {
    store.events().number(1_000);
    jobsHub.refresh(most);
  }

  private static void refresh(Refresh refresh) {
    try {
      while (true) {
        refresh.look(Duration.ofMillis(200));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /// What a loop of the service calls again and again.
  @FunctionalInterface
  private interface Refresh {
    void look(Duration most) throws InterruptedException;
  }

  private static Caller caller(long business, Role role) {
    return new Caller(
        new Scope(new BusinessId(business), Environment.TEST),
        role,
        "key-" + business,
        "ZW",
        "USD");
  }

  /// The use cases over the store in memory.
  private final class UseCases extends AbstractModule {
    private final NoLimits flow = new NoLimits();
    private final SequentialIds ids = new SequentialIds();

    @Provides
    InstantSource clock() {
      return clock;
    }

    @Provides
    Tenancy tenancy() {
      return tenancy;
    }

    @Provides
    RequestQuota requestQuota() {
      return new RequestQuota(store.quotas(), QuotaDefaults.NONE, clock);
    }

    @Provides
    CreateBulkJob create() {
      return new CreateBulkJob(idempotency(), stored(), known(), feed, ids, clock, Limits.DEFAULTS);
    }

    @Provides
    EstimateBulkJob estimate(GetBalance balances) {
      return new EstimateBulkJob(store, known(), balances, clock, Limits.DEFAULTS);
    }

    @Provides
    AddBulkJobRecipients add() {
      return new AddBulkJobRecipients(
          store, stored(), known(), feed, clock, Limits.DEFAULTS, UPLOADS);
    }

    @Provides
    StartBulkJob start() {
      return new StartBulkJob(steering(), stored(), life, Limits.DEFAULTS);
    }

    @Provides
    UploadLimits uploads() {
      return UPLOADS;
    }

    @Provides
    Limits limits() {
      return Limits.DEFAULTS;
    }

    @Provides
    GetBulkJob get() {
      return new GetBulkJob(
          store.jobs(), store.uploads(), new ExplainWait(store.fronts(), knowledge, flow, clock));
    }

    @Provides
    ListBulkJobs list() {
      return new ListBulkJobs(store.jobs());
    }

    @Provides
    WatchHub hub() {
      return hub;
    }

    @Provides
    JobsHub jobsHub() {
      return jobsHub;
    }

    @Provides
    WatchBulkJobs watchAll() {
      return new WatchBulkJobs(store.jobs(), store.events(), jobsHub);
    }

    @Provides
    WatchBulkJob watch(GetBulkJob get) {
      return new WatchBulkJob(get, hub);
    }

    @Provides
    PauseBulkJob pause() {
      return new PauseBulkJob(steering(), life);
    }

    @Provides
    ResumeBulkJob resume() {
      return new ResumeBulkJob(steering());
    }

    @Provides
    CancelBulkJob cancel() {
      return new CancelBulkJob(
          steering(),
          store.chunks(),
          new Sweeping(settled, life, feed, clock, RetryPolicy.DEFAULT),
          life);
    }

    @Provides
    UpdateBulkJob update() {
      return new UpdateBulkJob(steering(), store.chunks(), clock);
    }

    @Provides
    RetryBulkJob retry() {
      return new RetryBulkJob(
          idempotency(),
          stored(),
          new RetryBulkJob.Knowledge(knowledge, charging(), NoQuotas.submissions()),
          feed,
          ids,
          clock,
          Limits.DEFAULTS);
    }

    @Provides
    GetMessage getMessage() {
      return new GetMessage(store.messages());
    }

    @Provides
    ListMessages listMessages() {
      return new ListMessages(store.messages());
    }

    @Provides
    SearchMessages searchMessages() {
      return new SearchMessages(store.messages(), knowledge);
    }

    @Provides
    ExportMessages exportMessages() {
      return new ExportMessages(store.messages());
    }

    @Provides
    ListCarriers listCarriers() {
      return new ListCarriers(knowledge, store.limits(), flow, Optional::empty, clock);
    }

    @Provides
    UpdateCarrier updateCarrier(Trail trail) {
      return new UpdateCarrier(idempotency(), knowledge, store.limits(), flow, trail, clock);
    }

    @Provides
    ListSenderLimits listSenderLimits() {
      return new ListSenderLimits(store.limits());
    }

    @Provides
    SetSenderLimit setSenderLimit(Trail trail) {
      return new SetSenderLimit(idempotency(), store.limits(), store.businesses(), trail, clock);
    }

    @Provides
    AuditBulkJob audit() {
      return new AuditBulkJob(store, store.records());
    }

    @Provides
    ListStalledJobs listStalled() {
      return new ListStalledJobs(
          new StalledJobs(store.jobs(), store.witness(), flow, knowledge, clock));
    }

    @Provides
    ShowDispatchSwitch showSwitch() {
      return new ShowDispatchSwitch(store.witness());
    }

    @Provides
    ConfirmDispatch confirm(Trail trail) {
      return new ConfirmDispatch(idempotency(), store.witness(), store.events(), trail, clock);
    }

    @Provides
    SwitchDispatchOff switchOff(Trail trail) {
      return new SwitchDispatchOff(idempotency(), store.witness(), trail, clock);
    }

    private CreateBulkJob.Knowledge known() {
      return new CreateBulkJob.Knowledge(
          knowledge,
          store.suppressions(),
          store.history(),
          store.audiences(),
          knowledge,
          new Scripts(store.templates(), new PlainTemplating(), Limits.DEFAULTS.content()),
          charging(),
          NoQuotas.submissions());
    }

    private Charging charging() {
      return new Charging(
          store.prices(), store.ledger(), store.outbox(), knowledge, BillingInMemory.SETTINGS);
    }

    private Idempotency idempotency() {
      return new Idempotency(store, store.keys(), clock);
    }

    private Steering steering() {
      return new Steering(idempotency(), store.jobs(), feed, clock);
    }

    private CreateBulkJob.Store stored() {
      return new CreateBulkJob.Store(
          store.jobs(), store.chunks(), store.messages(), store.uploads());
    }
  }
}
