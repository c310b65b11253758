package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.house.HouseSettings;
import picocli.CommandLine.Option;

/// How the service is run.
final class HouseOptions {
  private static final int MEBIBYTE = 1 << 20;
  private static final int BYTES_A_RECIPIENT = 96;
  private static final int DEFAULT_MEBIBYTES = 16;
  private static final int DEFAULT_RECIPIENTS = 50_000;

  @Option(
      names = "--workers",
      defaultValue = "2",
      description = "Chunks worked at a time. Default: ${DEFAULT-VALUE}")
  int workers;

  @Option(
      names = "--chunk",
      defaultValue = "500",
      description = "Messages of a chunk. Default: ${DEFAULT-VALUE}")
  int chunkSize;

  /// With the limits that a job of that size needs, the defaults where they are enough.
  HouseSettings settings(int window, int jobSize) {
    return settings(window, jobSize, workers);
  }

  /// The same with so many workers.
  HouseSettings settings(int window, int jobSize, int ofWorkers) {
    long bytes = (long) jobSize * BYTES_A_RECIPIENT;
    int mebibytes = Math.max(DEFAULT_MEBIBYTES, Math.toIntExact(bytes / MEBIBYTE) + 1);
    return new HouseSettings(
        ofWorkers, chunkSize, window, Math.max(DEFAULT_RECIPIENTS, jobSize), mebibytes);
  }
}
