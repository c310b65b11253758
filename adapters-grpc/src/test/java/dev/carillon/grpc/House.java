package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Provides;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.GetMessage;
import dev.carillon.application.Idempotency;
import dev.carillon.application.JobLife;
import dev.carillon.application.Limits;
import dev.carillon.application.ListBulkJobs;
import dev.carillon.application.ListMessages;
import dev.carillon.application.Settling;
import dev.carillon.application.WatchBulkJob;
import dev.carillon.application.WatchHub;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryCredentials;
import dev.carillon.application.memory.InMemoryProgressFeed;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.Credentials;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.MessageServiceGrpc;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The whole gRPC server on a loopback port, over a store in memory; a client of it fails when a
/// refusal lacks an ErrorInfo.
final class House {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final String KEY = "sk_test_house";
  static final String STRANGERS_KEY = "sk_test_stranger";
  static final Caller CALLER = caller(1);

  final MutableClock clock = new MutableClock(NOW);
  final InMemoryStore store = new InMemoryStore(clock);
  final InMemoryProgressFeed feed = new InMemoryProgressFeed();
  final InMemoryCredentials credentials = new InMemoryCredentials();
  final ScriptedKnowledge knowledge = new ScriptedKnowledge();
  final WatchHub hub = new WatchHub(store.jobs(), feed, 10_000);
  final GrpcServer server;
  final int port;
  private final Thread refresher;
  private final List<ManagedChannel> channels = new ArrayList<>();

  private House(GrpcConfig config) {
    credentials.grant(KEY, CALLER);
    credentials.grant(STRANGERS_KEY, caller(2));
    server =
        Guice.createInjector(new GrpcModule(config), new UseCases()).getInstance(GrpcServer.class);
    port = server.start();
    refresher = Thread.ofVirtual().start(this::refresh);
  }

  static House open() {
    return open(config(GrpcConfig.Load.DEFAULTS));
  }

  static House open(GrpcConfig config) {
    return new House(config);
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
    return BulkJobServiceGrpc.newBlockingStub(channel())
        .withInterceptors(with("x-api-key", KEY), new ErrorInfoRequired());
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

  /// How many jobs the caller has.
  long jobCount() {
    return store.jobs().list(CALLER.scope(), JobFilter.ALL, PageRequest.first()).totalSize();
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
    refresher.interrupt();
    refresher.join();
  }

  private void refresh() {
    try {
      while (true) {
        hub.refresh(Duration.ofMillis(200));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static Caller caller(long business) {
    return new Caller(
        new Scope(new BusinessId(business), Environment.TEST),
        Role.USER,
        "key-" + business,
        "ZW",
        "USD");
  }

  /// The use cases over the store in memory.
  private final class UseCases extends AbstractModule {
    @Provides
    InstantSource clock() {
      return clock;
    }

    @Provides
    Credentials credentials() {
      return credentials;
    }

    @Provides
    CreateBulkJob create() {
      return new CreateBulkJob(
          new Idempotency(store, store.keys(), clock),
          new CreateBulkJob.Store(store.jobs(), store.chunks(), store.messages()),
          new CreateBulkJob.Knowledge(knowledge, store.suppressions(), knowledge),
          feed,
          new SequentialIds(),
          clock,
          Limits.DEFAULTS);
    }

    @Provides
    Limits limits() {
      return Limits.DEFAULTS;
    }

    @Provides
    GetBulkJob get() {
      return new GetBulkJob(store.jobs());
    }

    @Provides
    ListBulkJobs list() {
      return new ListBulkJobs(store.jobs());
    }

    @Provides
    WatchBulkJob watch(GetBulkJob get) {
      return new WatchBulkJob(get, hub);
    }

    @Provides
    CancelBulkJob cancel() {
      Settling settling =
          new Settling(
              store,
              store.chunks(),
              store.log(),
              new JobLife(store.jobs(), store.outbox()),
              feed,
              clock,
              RetryPolicy.DEFAULT);
      return new CancelBulkJob(
          new Idempotency(store, store.keys(), clock),
          store.jobs(),
          store.chunks(),
          settling,
          feed,
          clock);
    }

    @Provides
    GetMessage getMessage() {
      return new GetMessage(store.messages());
    }

    @Provides
    ListMessages listMessages() {
      return new ListMessages(store.messages());
    }
  }
}
