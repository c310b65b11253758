package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.compare.Ratios;
import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import dev.carillon.benchmarks.scaling.ScalingRun;
import dev.carillon.benchmarks.scaling.ScalingRun.Finished;
import dev.carillon.benchmarks.scaling.ScalingRun.WarmUp;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures what several nodes make of the same million, and that none of it goes out twice.
@Command(
    name = "nodes",
    mixinStandardHelpOptions = true,
    description = "The same messages finished by one node process and by several.")
public final class NodesCommand implements Callable<Integer> {
  private static final double OF_THE_FIRST = 1.0;
  private static final double PER_CENT = 100;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(
      names = "--nodes",
      split = ",",
      defaultValue = "1,2,4",
      description = "Node processes, each number measured. Default: ${DEFAULT-VALUE}")
  private List<Integer> counts = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "The order is turned around each time. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--messages", defaultValue = "1000000", description = "Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(names = "--job", defaultValue = "50000", description = "Default: ${DEFAULT-VALUE}")
  private int jobSize;

  @Option(
      names = "--warm-up",
      defaultValue = "30",
      description = {
        "Most rounds before the one that counts, of as many messages; they end when the JIT"
            + " compilers rest. Default: ${DEFAULT-VALUE}"
      })
  private int warmUp;

  @Option(
      names = "--rest",
      defaultValue = "2",
      description = {
        "Per cent of a round's CPU that the nodes' JIT compilers may have when they count as"
            + " resting. Default: ${DEFAULT-VALUE}"
      })
  private double rest;

  @Option(
      names = "--workers-in-all",
      defaultValue = "4",
      description = {
        "Workers of all nodes together, in place of --workers: nodes that share a machine share its"
            + " cores. 0 for --workers at each node. Default: ${DEFAULT-VALUE}"
      })
  private int workersInAll;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Map<Integer, List<Double>> rates = new LinkedHashMap<>();
    boolean exact = true;
    try (Postgres postgres = database.open()) {
      out.println(ServerDescription.of(postgres));
      out.printf(
          "-Xmx%dm a node, %s, chunk %d, window %d a worker; the carrier answers after %d ms%n",
          node.heap,
          workersInAll > 0 ? workersInAll + " workers in all" : options.workers + " workers a node",
          options.chunkSize,
          node.window,
          node.latency);
      for (int round = 1; round <= rounds; round++) {
        for (int count : round % 2 == 1 ? counts : counts.reversed()) {
          Finished finished = run(postgres, count, out);
          print(round, count, finished, out);
          exact &= finished.isExact();
          rates.computeIfAbsent(count, _ -> new ArrayList<>()).add(finished.rate());
        }
      }
    }
    return printRatios(rates, out) && exact ? 0 : 1;
  }

  private Finished run(Postgres postgres, int count, PrintWriter out) throws Exception {
    try (Nodes nodes =
        Nodes.start(
            postgres,
            options.settings(node.window, jobSize, workersOf(count)),
            count,
            node.heap,
            node.overrides())) {
      ScalingRun run = new ScalingRun(postgres, nodes, new Businesses(postgres).add("Scaling"));
      int jobs = Math.max(1, messages / jobSize);
      WarmUp done = run.warmUp(jobs, jobSize, rest / PER_CENT, warmUp);
      out.printf(
          "%d nodes: warm after %d rounds, compilers had %.1f %% of the last one's CPU%n",
          count, done.rounds(), done.compiled() * PER_CENT);
      out.flush();
      return run.run(jobs, jobSize);
    }
  }

  private int workersOf(int count) {
    return workersInAll > 0 ? Math.max(1, workersInAll / count) : options.workers;
  }

  private static void print(int round, int count, Finished finished, PrintWriter out) {
    out.printf(
        "round %d, %d nodes: %,.0f messages/s, CPU %.1f us a message, %.1f %% of it compiling; %,d"
            + " messages, taken by each %s; %s%n",
        round,
        count,
        finished.rate(),
        finished.cpuMicros(),
        finished.compiled() * PER_CENT,
        finished.messages(),
        finished.shares(),
        finished.isExact()
            ? "each taken once, by logs and by attempt rows"
            : "NOT EXACT: " + finished);
    out.flush();
  }

  private boolean printRatios(Map<Integer, List<Double>> rates, PrintWriter out) {
    int first = counts.getFirst();
    List<Double> single = rates.getOrDefault(first, List.of());
    boolean reached = true;
    for (int count : counts.subList(1, counts.size())) {
      List<Double> several = rates.getOrDefault(count, List.of());
      List<Double> each = new ArrayList<>();
      for (int n = 0; n < several.size(); n++) {
        each.add(several.get(n) / single.get(n));
      }
      Ratios ratios = new Ratios(each, OF_THE_FIRST);
      out.printf("rate of %d nodes to that of %d: %s%n", count, first, ratios);
      reached &= ratios.isReached();
    }
    out.flush();
    return reached;
  }
}
