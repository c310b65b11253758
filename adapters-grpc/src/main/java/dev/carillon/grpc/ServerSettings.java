package dev.carillon.grpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sets a server up as configured. Everything that grpc-java leaves without a limit gets one.
final class ServerSettings {
  private ServerSettings() {}

  static NettyServerBuilder of(GrpcConfig config, Executor calls) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
            .executor(calls)
            .maxInboundMessageSize(config.maxMessageBytes())
            .maxInboundMetadataSize(config.maxMetadataBytes());
    limit(builder, config.connections());
    secure(builder, config.tls());
    return builder;
  }

  private static void limit(NettyServerBuilder builder, GrpcConfig.Connections connections) {
    builder
        .keepAliveTime(millis(connections.keepAliveTime()), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(millis(connections.keepAliveTimeout()), TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(millis(connections.permitKeepAliveTime()), TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true)
        .maxConnectionIdle(millis(connections.maxIdle()), TimeUnit.MILLISECONDS)
        .maxConnectionAge(millis(connections.maxAge()), TimeUnit.MILLISECONDS)
        .maxConnectionAgeGrace(millis(connections.maxAgeGrace()), TimeUnit.MILLISECONDS)
        .maxConcurrentCallsPerConnection(connections.maxCalls())
        .maxRstFramesPerWindow(
            connections.maxResets(), Math.toIntExact(connections.resetWindow().toSeconds()));
  }

  private static void secure(NettyServerBuilder builder, GrpcConfig.@Nullable Tls tls) {
    if (tls != null) {
      builder.useTransportSecurity(tls.certificate().toFile(), tls.key().toFile());
    }
  }

  private static long millis(Duration duration) {
    return duration.toMillis();
  }
}
