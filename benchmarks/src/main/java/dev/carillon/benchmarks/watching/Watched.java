package dev.carillon.benchmarks.watching;

import dev.carillon.benchmarks.house.Latencies;
import dev.carillon.benchmarks.postgres.Spent;
import java.util.Locale;

/// What came of a run.
///
/// @param openedMillis until the last had its first event
/// @param heapWithout of the node in use, in bytes, before the first stream was opened
/// @param heapWith of the node when all were open and nothing moved
/// @param changes of all jobs
/// @param ages of each change when each reader of its job read of it
/// @param events that were read, heartbeats left out
/// @param ends readers that read the end of their job
/// @param repeated events that told a reader nothing newer
/// @param transactions of PostgreSQL in a second, all that the service does included
/// @param spent from the first hand-over to the last end
/// @param nodeCpuSeconds of the first node meanwhile; 0 where it was killed
/// @param interrupted what broke the streams; empty for nothing
public record Watched(
    int watchers,
    double openedMillis,
    long heapWithout,
    long heapWith,
    long changes,
    Latencies ages,
    long events,
    long ends,
    long repeated,
    double transactions,
    Spent spent,
    double nodeCpuSeconds,
    String interrupted) {

  /// Heap of the node for each open stream.
  public long heapPerWatcher() {
    return (heapWith - heapWithout) / watchers;
  }

  /// Whether each reader was told the end and none the same twice.
  public boolean isWhole() {
    return ends == watchers && repeated == 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d watchers, opened within %.0f ms; the node's heap for each: %,d B (%.1f -> %.1f MiB)%n"
            + "  %,d changes in %.1f s, change to client: %s%n"
            + "  %,.0f events/s read; ends read: %,d of %,d; told again: %,d%n"
            + "  PostgreSQL: %.0f transactions/s; CPU in cores: node %.2f, PostgreSQL %.2f,"
            + " the watchers' process %.2f%s",
        watchers,
        openedMillis,
        heapPerWatcher(),
        heapWithout / (double) (1 << 20),
        heapWith / (double) (1 << 20),
        changes,
        spent.seconds(),
        ages,
        events / spent.seconds(),
        ends,
        watchers,
        repeated,
        transactions,
        nodeCpuSeconds / spent.seconds(),
        spent.cpuSeconds().orElse(0) / spent.seconds(),
        spent.ownCpuSeconds() / spent.seconds(),
        interrupted.isEmpty() ? "" : System.lineSeparator() + "  " + interrupted);
  }
}
