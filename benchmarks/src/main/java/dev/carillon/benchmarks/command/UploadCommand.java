package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import dev.carillon.benchmarks.upload.UploadPlan;
import dev.carillon.benchmarks.upload.UploadRun;
import dev.carillon.benchmarks.upload.UploadRun.Uploaded;
import java.io.PrintWriter;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures the upload of one very large job by clients that are killed and followed by others.
@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    description = "Recipients uploaded into one OPEN job, the client killed on the way.")
public final class UploadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();
  @Mixin private ContactsOptions node = new ContactsOptions();

  @Option(
      names = "--recipients",
      defaultValue = "10000000",
      description = "Uploaded in all. Default: ${DEFAULT-VALUE}")
  private int recipients;

  @Option(
      names = "--upload-chunk",
      defaultValue = "10000",
      description = "Recipients of a chunk of the stream. Default: ${DEFAULT-VALUE}")
  private int chunk;

  @Option(
      names = "--kills",
      defaultValue = "3",
      description = "Clients that are killed on the way. Default: ${DEFAULT-VALUE}")
  private int kills;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open();
        Nodes nodes = node.start(postgres, options, recipients)) {
      out.println(ServerDescription.of(postgres));
      String apiKey = new Businesses(postgres).add("Upload " + UUID.randomUUID());
      UploadPlan plan = new UploadPlan(recipients, chunk);
      return print(new UploadRun(nodes, apiKey, plan).run(kills), plan, out) ? 0 : 1;
    }
  }

  private boolean print(Uploaded uploaded, UploadPlan plan, PrintWriter out) {
    out.printf(
        "-Xmx%dm: uploaded %,d recipients, %,d a chunk, in %.1f s (%,.0f recipients/s, CPU of the"
            + " service %.1f s), %d clients killed on the way; peak RSS %s%n",
        node.heap,
        uploaded.started().getCounters().getTotal(),
        chunk,
        uploaded.seconds(),
        recipients / uploaded.seconds(),
        uploaded.cpuSeconds(),
        uploaded.killed(),
        Mebibytes.of(uploaded.peakRssBytes()));
    out.printf(
        "StartBulkJob answered after %.0f ms; read back in %.1f s (%,.0f messages/s)%n",
        uploaded.startMillis(),
        uploaded.readBack().seconds(),
        uploaded.readBack().rows() / uploaded.readBack().seconds());
    boolean exact = uploaded.isExact(plan) && uploaded.killed() == kills;
    out.printf("exactly %,d, in order, none twice: %s%n", recipients, exact ? "kept" : "MISSED");
    out.flush();
    return exact;
  }
}
