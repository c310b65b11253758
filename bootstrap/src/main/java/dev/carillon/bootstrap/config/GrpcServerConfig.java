package dev.carillon.bootstrap.config;

import dev.carillon.grpc.GrpcConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads how the gRPC server listens.
final class GrpcServerConfig {
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MONTH = Duration.ofDays(30);

  private GrpcServerConfig() {}

  static GrpcConfig read(Section section) {
    GrpcConfig read =
        new GrpcConfig(
            section.text("host"),
            section.integer("port", 0, 65_535),
            tls(section),
            section.bytes("max-message-size", 64 << 10, 256 << 20),
            section.bytes("max-metadata-size", 1 << 10, 1 << 20),
            connections(section),
            load(section),
            new GrpcConfig.Streams(
                section.duration("heartbeat", SECOND, Duration.ofSeconds(15)),
                section.duration("progress-interval", MILLISECOND, SECOND),
                section.integer("event-streams-per-business", 1, 1_000)));
    read.problems().forEach(section::problemOf);
    return read;
  }

  private static GrpcConfig.@Nullable Tls tls(Section section) {
    String certificate = section.text("tls-certificate");
    String key = section.text("tls-key");
    if (certificate.isEmpty() != key.isEmpty()) {
      section.problem("tls-key", "and carillon.grpc.tls-certificate are given both or not at all");
    }
    return certificate.isEmpty() || key.isEmpty()
        ? null
        : new GrpcConfig.Tls(Path.of(certificate), Path.of(key));
  }

  private static GrpcConfig.Connections connections(Section section) {
    return new GrpcConfig.Connections(
        section.duration("keepalive-time", SECOND, DAY),
        section.duration("keepalive-timeout", SECOND, TEN_MINUTES),
        section.duration("permit-keepalive-time", SECOND, DAY),
        section.duration("max-connection-idle", SECOND, MONTH),
        section.duration("max-connection-age", SECOND, MONTH),
        section.duration("max-connection-age-grace", SECOND, DAY),
        section.integer("max-calls-per-connection", 1, 100_000),
        section.integer("max-resets", 1, 1_000_000),
        section.duration("reset-window", SECOND, TEN_MINUTES));
  }

  private static GrpcConfig.Load load(Section section) {
    return new GrpcConfig.Load(
        section.integer("max-calls", 1, 100_000),
        section.duration("call-wait", MILLISECOND, Duration.ofSeconds(60)),
        section.integer("max-submissions", 1, 1_000),
        section.duration("submission-wait", MILLISECOND, TEN_MINUTES),
        section.duration("submission-arrival", SECOND, TEN_MINUTES),
        section.integer("max-uploads", 1, 1_000));
  }
}
