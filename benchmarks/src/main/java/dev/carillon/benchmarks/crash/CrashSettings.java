package dev.carillon.benchmarks.crash;

import dev.carillon.benchmarks.postgres.PostgresAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How the nodes of a crash test are configured: everything short, so that a round takes seconds.
///
/// @param workers chunks that a node works at a time
/// @param urgentWorkers those that it has for urgent jobs besides
/// @param tails chunks whose last answers it awaits besides
/// @param window messages of one chunk at the carrier at a time
/// @param chunkSize messages of a chunk
/// @param lease how long a chunk stays a dead node's
public record CrashSettings(
    int workers, int urgentWorkers, int tails, int window, int chunkSize, Duration lease) {
  private static final int SPARE_CONNECTIONS = 4;

  /// A lease as short as the service allows, and windows far smaller than the jobs.
  public static final CrashSettings DEFAULT =
      new CrashSettings(3, 1, 2, 16, 40, Duration.ofSeconds(1));

  /// Of a window, the share that may be awaited as a tail.
  private static final int TAIL_SHARE = 4;

  /// How many messages one node may have marked at a time, and leave in doubt when it is killed.
  int mostInFlight() {
    return (workers + urgentWorkers) * window + tails * window / TAIL_SHARE;
  }

  /// The configuration of a node as environment variables.
  ///
  /// @param carrierLog where its carrier writes down what it was handed
  Map<String, String> environment(PostgresAccess access, Path carrierLog) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CARILLON_GRPC_PORT", "0");
    environment.put("CARILLON_DATABASE_URL", access.jdbcUrl());
    environment.put("CARILLON_DATABASE_USER", access.user());
    environment.put("CARILLON_DATABASE_PASSWORD", access.password());
    environment.put("CARILLON_DATABASE_CALL_CONNECTIONS", "4");
    environment.put(
        "CARILLON_DATABASE_ENGINE_CONNECTIONS",
        Integer.toString(workers + urgentWorkers + tails + SPARE_CONNECTIONS));
    environment.put("CARILLON_DISPATCH_WORKERS", Integer.toString(workers));
    environment.put("CARILLON_DISPATCH_URGENT_WORKERS", Integer.toString(urgentWorkers));
    environment.put("CARILLON_DISPATCH_DOUBT_MARGIN", "100ms");
    environment.put("CARILLON_KEEPING_PERIOD", "100ms");
    environment.put("CARILLON_DISPATCH_TAILS", Integer.toString(tails));
    environment.put("CARILLON_DISPATCH_LEASE_TIME", millis(lease));
    environment.put("CARILLON_DISPATCH_THROTTLE_PAUSE", "100ms");
    environment.put("CARILLON_RETRY_FIRST_DELAY", "100ms");
    environment.put("CARILLON_RETRY_MAX_DELAY", "200ms");
    environment.put("CARILLON_LIMITS_CHUNK_SIZE", Integer.toString(chunkSize));
    environment.put("CARILLON_SIMULATED_WINDOW", Integer.toString(window));
    environment.put("CARILLON_SIMULATED_CONCURRENCY", Integer.toString(2 * mostInFlight()));
    environment.put("CARILLON_SIMULATED_LATENCY_FROM", "10ms");
    environment.put("CARILLON_SIMULATED_LATENCY_TO", "60ms");
    environment.put("CARILLON_SIMULATED_RECEIPT_FROM", "10ms");
    environment.put("CARILLON_SIMULATED_RECEIPT_TO", "100ms");
    environment.put("CARILLON_SIMULATED_ANSWER_TIMEOUT", "300ms");
    environment.put("CARILLON_SIMULATED_RETRY_AFTER", "150ms");
    environment.put("CARILLON_SIMULATED_LOG_FILE", carrierLog.toString());
    environment.put("CARILLON_DATABASE_DEMO_BUSINESS", "false");
    environment.put("CARILLON_SERVICE_SHUTDOWN_GRACE", "5s");
    return environment;
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
