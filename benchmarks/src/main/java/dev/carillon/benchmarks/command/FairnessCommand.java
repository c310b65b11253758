package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.fairness.FairnessLoad;
import dev.carillon.benchmarks.fairness.FairnessRun;
import dev.carillon.benchmarks.fairness.FairnessRun.Beside;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures how long small jobs wait while another business sends a million.
@Command(
    name = "fairness",
    mixinStandardHelpOptions = true,
    description = "URGENT and NORMAL jobs of two businesses beside the big job of a third.")
public final class FairnessCommand implements Callable<Integer> {
  private static final double URGENT_MILLIS = 250;
  private static final double NORMAL_MILLIS = 2_000;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(
      names = "--messages",
      defaultValue = "1000000",
      description =
          "Messages of the big business, which lie there when the others begin; it goes on"
              + " submitting when they do not last. Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(names = "--job", defaultValue = "50000", description = "Default: ${DEFAULT-VALUE}")
  private int jobSize;

  @Option(
      names = "--submissions",
      defaultValue = "200",
      description = "URGENT jobs of 1. Default: ${DEFAULT-VALUE}")
  private int submissions;

  @Option(
      names = "--every",
      defaultValue = "100",
      description = "Milliseconds from one to the next. Default: ${DEFAULT-VALUE}")
  private int every;

  @Option(
      names = "--normal-jobs",
      defaultValue = "50",
      description = "NORMAL jobs, spread over the same time. Default: ${DEFAULT-VALUE}")
  private int normalJobs;

  @Option(names = "--normal-size", defaultValue = "100", description = "Their messages.")
  private int normalSize;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    FairnessLoad load =
        new FairnessLoad(
            Math.max(1, messages / jobSize),
            jobSize,
            submissions,
            Duration.ofMillis(every),
            normalJobs,
            normalSize);
    try (Postgres postgres = database.open();
        Nodes nodes =
            Nodes.start(
                postgres, options.settings(node.window, jobSize), 1, node.heap, node.overrides());
        FairnessRun run = new FairnessRun(postgres, nodes, load)) {
      out.println(ServerDescription.of(postgres));
      out.printf(
          "one node, -Xmx%dm, %d workers, chunk %d, window %d, the carrier answers after %d ms%n",
          node.heap, options.workers, options.chunkSize, node.window, node.latency);
      run.warmUp();
      double alone = run.alone();
      out.printf(
          "the big business alone, %d jobs of %,d: %,.0f messages/s%n",
          load.bigJobs(), load.bigSize(), alone);
      out.flush();
      return print(run.beside(), alone, out) ? 0 : 1;
    }
  }

  private boolean print(Beside beside, double alone, PrintWriter out) {
    out.printf(
        "the same beside the others: %,.0f messages/s, %.2f of its rate alone (%,d messages)%n",
        beside.bigRate(), beside.bigRate() / alone, beside.bigMessages());
    out.printf("URGENT jobs of 1, one every %d ms, from the call:%n", every);
    out.printf("  to the answer                    %s%n", beside.urgentAnswer());
    out.printf("  to hand-over, by the carrier     %s%n", beside.urgentHandOver());
    out.printf("NORMAL jobs of %d, %d of them, from the call:%n", normalSize, normalJobs);
    out.printf("  to the first hand-over           %s%n", beside.normalHandOver());
    out.printf("  to the job's end, by the job     %s%n", beside.normalEnd());
    boolean urgent =
        kept("URGENT p99 to hand-over", beside.urgentHandOver().p99(), URGENT_MILLIS, out);
    boolean normal = kept("every NORMAL job's end", beside.normalEnd().max(), NORMAL_MILLIS, out);
    out.flush();
    return urgent && normal;
  }

  private static boolean kept(String what, double millis, double required, PrintWriter out) {
    boolean kept = millis < required;
    out.printf(
        "%s: %,.0f ms; required < %,.0f ms: %s%n",
        what, millis, required, kept ? "kept" : "MISSED");
    return kept;
  }
}
