package dev.carillon.benchmarks.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which PostgreSQL a run uses: one that is there already, or one of its own with fsync on.
public final class PostgresOptions {
  @Option(
      names = "--jdbc-url",
      description =
          "A PostgreSQL that is there already, for nothing but benchmarks. Without it one is"
              + " started, fsync on.")
  @Nullable String jdbcUrl;

  @Option(names = "--user", defaultValue = "postgres", description = "Default: ${DEFAULT-VALUE}.")
  String user = "postgres";

  @Option(
      names = "--password",
      defaultValue = "${env:PGPASSWORD:-}",
      description = "Default: what PGPASSWORD holds.")
  String password = "";

  @Option(
      names = "--data",
      description =
          "Where the started one keeps its data. Without it: a directory below ./.carillon that is"
              + " deleted at the end.")
  @Nullable Path data;

  /// Connects to the given one, or starts one.
  public Postgres open() {
    String url = jdbcUrl;
    return url == null
        ? Postgres.started(data)
        : Postgres.given(new PostgresAccess(url, user, password));
  }
}
