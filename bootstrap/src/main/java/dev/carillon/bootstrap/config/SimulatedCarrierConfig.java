package dev.carillon.bootstrap.config;

import dev.carillon.providers.simulated.SimulatedConfig;
import dev.carillon.providers.simulated.SimulatedScript;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads how the simulated carrier behaves.
final class SimulatedCarrierConfig {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  private SimulatedCarrierConfig() {}

  static SimulatedConfig read(Section section) {
    SimulatedConfig read =
        new SimulatedConfig(
            timing(section),
            shares(section),
            limits(section),
            section.choice("ordinary", SimulatedScript.class, SimulatedScript::tag),
            section.flag("receipts"),
            logFile(section),
            section.flag("log-forced"),
            section.flag("inquiry"),
            section.flag("judged"));
    read.problems().forEach(section::problemOf);
    return read;
  }

  private static SimulatedConfig.Timing timing(Section section) {
    return new SimulatedConfig.Timing(
        section.duration("latency-from", Duration.ZERO, MINUTE),
        section.duration("latency-to", Duration.ZERO, MINUTE),
        section.duration("receipt-from", Duration.ZERO, DAY),
        section.duration("receipt-to", Duration.ZERO, DAY),
        section.duration("answer-timeout", Duration.ofMillis(10), Duration.ofMinutes(10)),
        section.duration("retry-after", Duration.ZERO, DAY));
  }

  private static SimulatedConfig.Shares shares(Section section) {
    return new SimulatedConfig.Shares(
        section.share("refused"),
        section.share("undelivered"),
        section.share("unreachable"),
        section.share("lost"),
        section.integer("seed", 0, Integer.MAX_VALUE));
  }

  private static SimulatedConfig.Limits limits(Section section) {
    return new SimulatedConfig.Limits(
        section.integer("rate-per-second", 0, Integer.MAX_VALUE),
        section.integer("concurrency", 1, 100_000),
        section.integer("window", 1, 10_000),
        section.integer("pending-receipts", 1_000, 1_000_000));
  }

  private static @Nullable Path logFile(Section section) {
    String file = section.text("log-file");
    return file.isEmpty() ? null : Path.of(file);
  }
}
