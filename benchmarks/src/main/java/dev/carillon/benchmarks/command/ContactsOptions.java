package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Option;

/// How the one node is run that serves contacts.
final class ContactsOptions {
  private static final int WINDOW = 500;
  private static final int SUBMITTED = 50_000;

  @Option(
      names = "--heap",
      defaultValue = "512",
      description = "MiB of the service, -Xmx. Default: ${DEFAULT-VALUE}")
  int heap;

  /// Starts it.
  ///
  /// @param recipients of the largest job
  Nodes start(Postgres postgres, HouseOptions options, int recipients)
      throws IOException, InterruptedException, TimeoutException {
    int most = Math.max(1, recipients);
    return Nodes.start(
        postgres,
        options.settings(WINDOW, SUBMITTED),
        1,
        heap,
        Map.of(
            "CARILLON_LIMITS_STORED_RECIPIENTS_PER_JOB", Integer.toString(most),
            "CARILLON_LIMITS_UPLOADED_RECIPIENTS_PER_JOB", Integer.toString(most)));
  }
}
