package dev.carillon.benchmarks.command;

import java.util.Map;
import picocli.CommandLine.Option;

/// How nodes are run that are processes of their own.
final class NodeOptions {
  @Option(
      names = "--heap",
      defaultValue = "384",
      description = "MiB of each node, -Xmx. Default: ${DEFAULT-VALUE}")
  int heap;

  @Option(
      names = "--latency",
      defaultValue = "0",
      description = "Milliseconds until the carrier answers. Default: ${DEFAULT-VALUE}")
  int latency;

  @Option(names = "--window", defaultValue = "500", description = "Default: ${DEFAULT-VALUE}")
  int window;

  /// Configuration that the other settings do not have.
  Map<String, String> overrides() {
    return Map.of(
        "CARILLON_SIMULATED_LATENCY_FROM", latency + "ms",
        "CARILLON_SIMULATED_LATENCY_TO", latency + "ms");
  }
}
