package dev.carillon.bootstrap.cli;

import dev.carillon.bootstrap.run.ServiceStartException;
import dev.carillon.grpc.GrpcConfig;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// Asks the service that has just been started, as any client would, so that "it serves" is seen
/// and not supposed.
final class FirstAnswer {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private FirstAnswer() {}

  /// Makes one call to the service over the network. Throws a [ServiceStartException] when it does
  /// not answer.
  ///
  /// @return the time from the start of this JVM to the answer
  static Duration of(GrpcConfig grpc, int port) throws SSLException {
    ManagedChannel channel = channel(grpc, port);
    try {
      HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
          .check(HealthCheckRequest.getDefaultInstance());
      return sinceStart(Instant.now());
    } catch (StatusRuntimeException unanswered) {
      throw new ServiceStartException("the gRPC server", unanswered);
    } finally {
      channel.shutdownNow();
    }
  }

  private static ManagedChannel channel(GrpcConfig grpc, int port) throws SSLException {
    NettyChannelBuilder builder = NettyChannelBuilder.forAddress(reachable(grpc.host()), port);
    GrpcConfig.Tls tls = grpc.tls();
    return tls == null
        ? builder.usePlaintext().build()
        : builder.sslContext(trusting(tls.certificate().toFile())).build();
  }

  /// Trusts exactly the certificate that the service itself shows, whatever names are in it.
  private static SslContext trusting(File certificate) throws SSLException {
    return GrpcSslContexts.forClient()
        .trustManager(certificate)
        .endpointIdentificationAlgorithm("")
        .build();
  }

  private static String reachable(String host) {
    return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
  }

  /// By the JVM's own clock: the system tells the start of a process up to a second wrong on Linux,
  /// where it is counted from a boot time in whole seconds.
  private static Duration sinceStart(Instant answer) {
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    return Duration.between(Instant.ofEpochMilli(start), answer);
  }
}
