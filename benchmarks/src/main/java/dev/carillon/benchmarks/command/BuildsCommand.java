package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.builds.Build;
import dev.carillon.benchmarks.builds.BuildPairs;
import dev.carillon.benchmarks.builds.BuildPairs.Pair;
import dev.carillon.benchmarks.builds.EndToEndFigures;
import dev.carillon.benchmarks.compare.Ratios;
import dev.carillon.benchmarks.compare.Sample;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compares the dispatch rate of two builds of the house.
@Command(
    name = "builds",
    mixinStandardHelpOptions = true,
    description = "The dispatch rates of two built checkouts, in pairs on the same PostgreSQL.")
public final class BuildsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();

  @Option(names = "--before", required = true, description = "A checkout that is built.")
  private Path before = Path.of("");

  @Option(names = "--after", defaultValue = ".", description = "Another. Default: this one")
  private Path after = Path.of("");

  @Option(names = "--pairs", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}")
  private int pairs;

  @Option(
      names = "--messages",
      defaultValue = "500000",
      description = "Messages of a run. Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(names = "--job", defaultValue = "50000", description = "Default: ${DEFAULT-VALUE}")
  private int jobSize;

  @Option(names = "--window", defaultValue = "500", description = "Default: ${DEFAULT-VALUE}")
  private int window;

  @Option(
      names = "--warm-up",
      defaultValue = "200000",
      description = "Messages of a run before those that count. Default: ${DEFAULT-VALUE}")
  private int warmUp;

  @Option(
      names = "--required",
      defaultValue = "0.9",
      description = "Least median of after / before. Default: ${DEFAULT-VALUE}")
  private double required;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Build old = new Build("before", before);
    Build current = new Build("after", after);
    try (Postgres postgres = database.open()) {
      out.println(ServerDescription.of(postgres));
      out.printf(
          "%d workers, chunk %d, window %d, %,d messages a run%n",
          options.workers, options.chunkSize, window, messages);
      BuildPairs runs = new BuildPairs(postgres, old, current, endToEnd());
      for (int n = 1; n <= pairs; n++) {
        print(n, runs.next(), out);
      }
      Ratios dispatch =
          new Ratios(runs.pairs().stream().map(Pair::dispatchRatio).toList(), required);
      printOthers(runs.pairs(), out);
      out.printf("dispatch after / before, %s%n", dispatch);
      out.flush();
      return dispatch.isReached() ? 0 : 1;
    }
  }

  private List<String> endToEnd() {
    return List.of(
        "--messages=" + messages,
        "--job=" + jobSize,
        "--window=" + window,
        "--workers=" + options.workers,
        "--chunk=" + options.chunkSize,
        "--warm-up=" + warmUp,
        "--submissions=ONE_TEXT",
        "--threads=1",
        "--small-jobs=1");
  }

  private static void print(int number, Pair pair, PrintWriter out) {
    out.printf(
        "pair %d: dispatch before %s, after %s: %.2f; accept %.2f%n",
        number,
        words(pair.before()),
        words(pair.after()),
        pair.dispatchRatio(),
        pair.acceptRatio());
    out.flush();
  }

  /// What nothing is required of; on a busy machine the CPU is steadier than the rate.
  private static void printOthers(List<Pair> pairs, PrintWriter out) {
    print("accept rate", pairs.stream().map(Pair::acceptRatio).toList(), out);
    print(
        "CPU of a dispatched message",
        pairs.stream().map(Pair::cpuRatio).flatMapToDouble(OptionalDouble::stream).boxed().toList(),
        out);
  }

  private static void print(String what, List<Double> ratios, PrintWriter out) {
    if (!ratios.isEmpty()) {
      Sample sample = Sample.of(ratios);
      out.printf(
          "%s after / before, median of %d: %.2f (%.2f to %.2f)%n",
          what, sample.count(), sample.median(), sample.least(), sample.most());
    }
  }

  private static String words(EndToEndFigures figures) {
    String cpu =
        figures.cpuMicros().isPresent()
            ? String.format(Locale.ROOT, " (CPU %.1f us)", figures.cpuMicros().getAsDouble())
            : "";
    return String.format(Locale.ROOT, "%,.0f/s%s", figures.dispatched(), cpu);
  }
}
