package dev.carillon.bootstrap.config;

import com.typesafe.config.Config;
import dev.carillon.application.Limits;
import dev.carillon.application.UploadLimits;
import dev.carillon.application.billing.BillingSettings;
import dev.carillon.application.quota.QuotaDefaults;
import dev.carillon.domain.recipient.AddressPolicy;
import dev.carillon.grpc.GrpcConfig;
import dev.carillon.providers.CarrierPlan;
import dev.carillon.providers.callback.CallbackConfig;
import dev.carillon.providers.pacing.PacingConfig;
import dev.carillon.providers.simulated.SimulatedConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that can be set, read and checked.
///
/// @param addresses whether recipients may share addresses
/// @param quotas what callers may do only so often
/// @param billing how money is dealt with
/// @param credentials what callers may show besides API keys
/// @param mostWatchers readers of progress streams at a time
/// @param callbacks how carriers call us
/// @param carriers which there are besides the simulated one, and what leads to them
/// @param reload how changes of carriers are taken over
/// @param shutdownGrace how long stopping may take
/// @param origin where all of it was read from
public record Configuration(
    GrpcConfig grpc,
    StoreConfig store,
    DispatchConfig dispatch,
    KeepingConfig keeping,
    PacingConfig pacing,
    Limits limits,
    UploadLimits uploads,
    AddressPolicy addresses,
    QuotaDefaults quotas,
    BillingSettings billing,
    CredentialsConfig credentials,
    int mostWatchers,
    SimulatedConfig simulated,
    CallbackConfig callbacks,
    CarrierPlan carriers,
    ReloadConfig reload,
    WebhooksConfig webhooks,
    Duration shutdownGrace,
    ConfigurationOrigin origin) {

  /// Reads defaults, the file if there is one, and environment variables. Throws an
  /// [InvalidConfigurationException] with everything that is wrong.
  public static Configuration load(@Nullable Path file, Map<String, String> environment) {
    Problems problems = new Problems();
    ConfigurationSources sources = new ConfigurationSources(problems);
    Configuration read =
        read(
            sources.merge(file, environment),
            sources.defaults(),
            problems,
            new ConfigurationOrigin(file, environment));
    problems.throwIfAny();
    return read;
  }

  private static Configuration read(
      Config config, Config defaults, Problems problems, ConfigurationOrigin origin) {
    Sections sections = name -> new Section("carillon." + name, config, defaults, problems);
    Configuration read =
        new Configuration(
            GrpcServerConfig.read(sections.get("grpc")),
            StoreConfig.read(sections.get("database")),
            DispatchConfig.read(sections.get("dispatch"), sections.get("retry")),
            KeepingConfig.read(sections.get("keeping")),
            CircuitConfig.read(sections.get("circuit")),
            LimitsConfig.read(sections.get("limits")),
            LimitsConfig.readUploads(sections.get("limits")),
            sections.get("recipients").choice("addresses", AddressPolicy.class),
            QuotaConfig.read(sections.get("quotas")),
            BillingConfig.read(sections.get("billing")),
            CredentialsConfig.read(sections.get("tokens")),
            sections.get("watch").integer("max-watchers", 1, 1_000_000),
            SimulatedCarrierConfig.read(sections.get("simulated")),
            CallbackServerConfig.read(sections.get("callbacks")),
            CarriersConfig.read(config, defaults, problems),
            ReloadConfig.read(sections.get("reload")),
            WebhooksConfig.read(sections.get("webhooks")),
            sections
                .get("service")
                .duration("shutdown-grace", Duration.ZERO, Duration.ofMinutes(10)),
            origin);
    if (read.store.engineConnections() <= read.dispatch.allWorkers()) {
      sections
          .get("database")
          .problem(
              "engine-connections",
              "must be more than carillon.dispatch.workers and urgent-workers together");
    }
    return read;
  }

  /// The same with another database.
  public Configuration with(StoreConfig other) {
    return new Configuration(
        grpc,
        other,
        dispatch,
        keeping,
        pacing,
        limits,
        uploads,
        addresses,
        quotas,
        billing,
        credentials,
        mostWatchers,
        simulated,
        callbacks,
        carriers,
        reload,
        webhooks,
        shutdownGrace,
        origin);
  }

  /// The same with another gRPC server.
  public Configuration with(GrpcConfig other) {
    return new Configuration(
        other,
        store,
        dispatch,
        keeping,
        pacing,
        limits,
        uploads,
        addresses,
        quotas,
        billing,
        credentials,
        mostWatchers,
        simulated,
        callbacks,
        carriers,
        reload,
        webhooks,
        shutdownGrace,
        origin);
  }

  /// The same with another way of handing over.
  public Configuration with(DispatchConfig other) {
    return new Configuration(
        grpc,
        store,
        other,
        keeping,
        pacing,
        limits,
        uploads,
        addresses,
        quotas,
        billing,
        credentials,
        mostWatchers,
        simulated,
        callbacks,
        carriers,
        reload,
        webhooks,
        shutdownGrace,
        origin);
  }

  /// The same with another simulated carrier.
  public Configuration with(SimulatedConfig other) {
    return new Configuration(
        grpc,
        store,
        dispatch,
        keeping,
        pacing,
        limits,
        uploads,
        addresses,
        quotas,
        billing,
        credentials,
        mostWatchers,
        other,
        callbacks,
        carriers,
        reload,
        webhooks,
        shutdownGrace,
        origin);
  }

  private interface Sections {
    Section get(String name);
  }
}
