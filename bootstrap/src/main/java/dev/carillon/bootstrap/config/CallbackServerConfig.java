package dev.carillon.bootstrap.config;

import dev.carillon.providers.callback.CallbackConfig;
import dev.carillon.providers.callback.CallbackPlace;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads how the listener for the calls of carriers listens.
final class CallbackServerConfig {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private CallbackServerConfig() {}

  static CallbackConfig read(Section section) {
    CallbackConfig read =
        new CallbackConfig(
            section.flag("enabled"),
            section.text("host"),
            section.integer("port", 0, 65_535),
            tls(section),
            new CallbackPlace(section.address("public-url"), section.text("secret")),
            limits(section));
    read.problems().forEach(section::problemOf);
    return read;
  }

  private static CallbackConfig.@Nullable Tls tls(Section section) {
    Path certificate = section.file("tls-certificate");
    Path key = section.file("tls-key");
    if (certificate != null && key != null) {
      return new CallbackConfig.Tls(certificate, key);
    }
    if (certificate != null || key != null) {
      section.problem(
          "tls-key", "and carillon.callbacks.tls-certificate are given both or not at all");
    }
    return null;
  }

  private static CallbackConfig.Limits limits(Section section) {
    return new CallbackConfig.Limits(
        section.integer("max-connections", 1, 100_000),
        section.integer("max-requests", 1, 10_000),
        section.duration("request-wait", Duration.ofMillis(1), Duration.ofMinutes(1)),
        section.integer("requests-per-second", 1, 1_000_000),
        section.bytes("max-body-size", 1 << 10, 64 << 20),
        section.duration("arrival", SECOND, Duration.ofMinutes(5)));
  }
}
