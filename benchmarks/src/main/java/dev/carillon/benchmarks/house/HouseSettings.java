package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.postgres.PostgresAccess;
import java.util.HashMap;
import java.util.Map;

/// How the service is configured for a run.
///
/// @param workers chunks worked at a time
/// @param chunkSize messages of a chunk
/// @param window messages of one worker at the carrier at a time
/// @param recipientsPerJob limit of a submission
/// @param messageMebibytes limit of a request
public record HouseSettings(
    int workers, int chunkSize, int window, int recipientsPerJob, int messageMebibytes) {

  private static final int SPARE_CONNECTIONS = 12;

  /// The configuration as environment variables: a system-chosen port, and the simulated carrier at
  /// zero latency and without receipts, with room for all workers' windows.
  public Map<String, String> environment(PostgresAccess access) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CARILLON_GRPC_PORT", "0");
    environment.put("CARILLON_GRPC_MAX_MESSAGE_SIZE", messageMebibytes + " MiB");
    environment.put("CARILLON_DATABASE_URL", access.jdbcUrl());
    environment.put("CARILLON_DATABASE_USER", access.user());
    environment.put("CARILLON_DATABASE_PASSWORD", access.password());
    environment.put(
        "CARILLON_DATABASE_ENGINE_CONNECTIONS", Integer.toString(2 * workers + SPARE_CONNECTIONS));
    environment.put("CARILLON_DISPATCH_WORKERS", Integer.toString(workers));
    environment.put("CARILLON_LIMITS_CHUNK_SIZE", Integer.toString(chunkSize));
    environment.put("CARILLON_LIMITS_RECIPIENTS_PER_JOB", Integer.toString(recipientsPerJob));
    environment.put("CARILLON_SIMULATED_WINDOW", Integer.toString(window));
    environment.put("CARILLON_SIMULATED_CONCURRENCY", Integer.toString(window * (workers + 1)));
    environment.put("CARILLON_SIMULATED_LATENCY_FROM", "0s");
    environment.put("CARILLON_SIMULATED_LATENCY_TO", "0s");
    environment.put("CARILLON_SIMULATED_RECEIPTS", "false");
    return environment;
  }
}
