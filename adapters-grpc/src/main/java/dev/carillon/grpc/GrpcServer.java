package dev.carillon.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The gRPC server: the services of Carillon, health (with drain) and reflection. Opens nothing
/// before it is started; started once, and stopped once however often it is told to.
public final class GrpcServer {
  private static final Duration FORCED_STOP = Duration.ofSeconds(5);

  private final GrpcConfig config;
  private final ServiceChain chain;
  private final List<BindableService> services;
  private final ProgressStreams streams;
  private final ChunkStreams uploads;
  private final ExportStreams exports;
  private final EventStreams events;
  private final HealthStatusManager health = new HealthStatusManager();
  private final HealthWatches watches = new HealthWatches();
  private final ExecutorService calls =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory());
  private final AtomicBoolean stopping = new AtomicBoolean();
  private @Nullable Server server;

  GrpcServer(
      GrpcConfig config,
      ServiceChain chain,
      List<BindableService> services,
      ProgressStreams streams,
      ChunkStreams uploads,
      ExportStreams exports,
      EventStreams events) {
    this.config = config;
    this.chain = chain;
    this.services = services;
    this.streams = streams;
    this.uploads = uploads;
    this.exports = exports;
    this.events = events;
  }

  /// Listens, and says SERVING. Returns the port. Throws an UncheckedIOException when it cannot
  /// listen there.
  public int start() {
    List<ServerServiceDefinition> bound = services.stream().map(chain::behindAll).toList();
    chain.warmUp(bound);
    streams.start();
    NettyServerBuilder builder = ServerSettings.of(config, calls).addServices(bound);
    addCommonServices(builder);
    try {
      server = builder.build().start();
    } catch (IOException cannot) {
      throw new UncheckedIOException(
          "cannot listen at " + config.host() + ":" + config.port(), cannot);
    }
    setHealth(bound);
    return server.getPort();
  }

  /// Says NOT_SERVING, sends the readers of streams and of health to another node, lets the other
  /// calls finish for as long as the grace, and then ends them. Returns whether all had finished by
  /// themselves.
  public boolean stop(Duration grace) throws InterruptedException {
    if (!stopping.compareAndSet(false, true)) {
      return true;
    }
    health.enterTerminalState();
    watches.drain();
    streams.drain();
    uploads.drain();
    exports.drain();
    events.drain();
    Server running = server;
    boolean finished = running == null || ended(running.shutdown(), grace);
    if (running != null && !finished) {
      ended(running.shutdownNow(), FORCED_STOP);
    }
    chain.close();
    streams.close();
    uploads.close();
    calls.shutdown();
    return finished;
  }

  private void addCommonServices(NettyServerBuilder builder) {
    builder.addService(
        ServerInterceptors.interceptForward(health.getHealthService(), chain.errors(), watches));
    builder.addService(
        ServerInterceptors.intercept(ProtoReflectionServiceV1.newInstance(), chain.errors()));
    builder.addService(ServerInterceptors.intercept(reflectionV1Alpha(), chain.errors()));
    builder.fallbackHandlerRegistry(new UnknownMethods(chain.errors()));
  }

  // Deprecated for its successor beside it; grpcurl and others of before 2023 know only this one.
  @SuppressWarnings("deprecation")
  private static BindableService reflectionV1Alpha() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }

  private void setHealth(List<ServerServiceDefinition> bound) {
    for (ServerServiceDefinition service : bound) {
      health.setStatus(service.getServiceDescriptor().getName(), ServingStatus.SERVING);
    }
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
  }

  private static boolean ended(Server server, Duration wait) throws InterruptedException {
    return server.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS);
  }
}
