package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.crash.CrashSettings;
import dev.carillon.benchmarks.crash.CrashTest;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Kills nodes of the service while jobs run, and audits everything after each round.
@Command(
    name = "crash",
    mixinStandardHelpOptions = true,
    description = "Kills nodes while jobs run, and audits everything after each round.")
public final class CrashCommand implements Callable<Integer> {
  private static final Pattern NODES = Pattern.compile("([1-9])(?:-([1-9]))?");
  private static final int SEEDS = 1_000_000_000;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();

  @Option(names = "--rounds", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--nodes",
      defaultValue = "1-3",
      description = "How many, from-to; a round draws its own. Default: ${DEFAULT-VALUE}")
  private String nodes = "";

  @Option(
      names = "--seed",
      description = "Of the first round, each later one has the next. Without it: any.")
  private @Nullable Long seed;

  @Option(
      names = "--lease",
      defaultValue = "1000",
      description = "dispatch.lease-time in ms. Default: ${DEFAULT-VALUE}")
  private long lease;

  @Option(names = "--window", defaultValue = "16", description = "Default: ${DEFAULT-VALUE}")
  private int window;

  @Option(names = "--workers", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
  private int workers;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    CrashTest.Load load = load();
    out.printf("%d rounds from seed %d%n", load.rounds(), load.seed());
    out.flush();
    try (Postgres postgres = database.open()) {
      CrashSettings usual = CrashSettings.DEFAULT;
      CrashSettings settings =
          new CrashSettings(
              workers,
              usual.urgentWorkers(),
              usual.tails(),
              window,
              usual.chunkSize(),
              Duration.ofMillis(lease));
      return new CrashTest(postgres, settings, load, out).run() ? 0 : 1;
    }
  }

  private CrashTest.Load load() {
    Matcher range = NODES.matcher(nodes);
    if (!range.matches()) {
      throw new ParameterException(spec.commandLine(), "--nodes: such as 2 or 1-3");
    }
    int fewest = Integer.parseInt(range.group(1));
    int most = range.group(2) == null ? fewest : Integer.parseInt(range.group(2));
    if (most < fewest) {
      throw new ParameterException(spec.commandLine(), "--nodes: from is above to");
    }
    Long given = seed;
    return new CrashTest.Load(
        rounds, fewest, most, given == null ? ThreadLocalRandom.current().nextInt(SEEDS) : given);
  }
}
