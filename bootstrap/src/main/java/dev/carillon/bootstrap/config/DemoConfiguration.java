package dev.carillon.bootstrap.config;

import dev.carillon.application.dispatch.DispatchSettings;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.grpc.GrpcConfig;
import dev.carillon.providers.simulated.SimulatedConfig;
import java.time.Duration;
import java.util.Map;

/// The configuration of the demonstration: the defaults, a port that is free, and a carrier whose
/// pace a person can follow and some of whose messages fare worse.
public final class DemoConfiguration {
  private static final SimulatedConfig.Shares SHARES =
      new SimulatedConfig.Shares(0.012, 0.03, 0.02, 0.001, 20);

  private DemoConfiguration() {}

  /// The same wherever it runs: no file and no environment variable is read.
  public static Configuration load() {
    Configuration defaults = Configuration.load(null, Map.of());
    return defaults
        .with(anyPort(defaults.grpc()))
        .with(
            new DispatchConfig(
                defaults.dispatch().workers(),
                defaults.dispatch().urgentWorkers(),
                defaults.dispatch().tails(),
                DispatchSettings.DEFAULTS,
                new RetryPolicy(5, Duration.ofMillis(250), Duration.ofSeconds(2), 0.25)))
        .with(SimulatedConfig.DEFAULT.withTiming(timing()).withShares(SHARES));
  }

  private static SimulatedConfig.Timing timing() {
    return new SimulatedConfig.Timing(
        Duration.ofMillis(60),
        Duration.ofMillis(240),
        Duration.ofMillis(100),
        Duration.ofMillis(800),
        Duration.ofMillis(1_500),
        Duration.ofMillis(300));
  }

  private static GrpcConfig anyPort(GrpcConfig grpc) {
    return new GrpcConfig(
        grpc.host(),
        0,
        null,
        grpc.maxMessageBytes(),
        grpc.maxMetadataBytes(),
        grpc.connections(),
        grpc.load(),
        grpc.streams());
  }
}
