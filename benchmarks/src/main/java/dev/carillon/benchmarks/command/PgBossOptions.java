package dev.carillon.benchmarks.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// How pg-boss is run.
final class PgBossOptions {
  @Option(
      names = "--pgboss-directory",
      defaultValue = "benchmarks/src/main/npm",
      description = "Where its package-lock.json lies. Default: ${DEFAULT-VALUE}")
  Path directory = Path.of("benchmarks/src/main/npm");

  @Option(
      names = "--pgboss-jobs",
      defaultValue = "100000",
      description = "Jobs of a run. Default: ${DEFAULT-VALUE}")
  int jobs;

  @Option(
      names = "--pgboss-batch",
      defaultValue = "1000",
      description = "Its batchSize. Default: ${DEFAULT-VALUE}")
  int batch;

  @Option(
      names = "--pgboss-workers",
      defaultValue = "2",
      description = "Its localConcurrency. Default: ${DEFAULT-VALUE}")
  int workers;
}
