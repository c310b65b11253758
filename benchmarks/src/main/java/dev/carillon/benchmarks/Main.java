package dev.carillon.benchmarks;

import dev.carillon.benchmarks.command.BareCommand;
import dev.carillon.benchmarks.command.EndToEndCommand;
import dev.carillon.benchmarks.command.PgBossCommand;
import dev.carillon.benchmarks.command.SlowReaderCommand;
import dev.carillon.benchmarks.command.WatchersCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The benchmarks' command line.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures what the house costs, beside the limit and beside its peers.",
    subcommands = {
      BareCommand.class,
      EndToEndCommand.class,
      WatchersCommand.class,
      SlowReaderCommand.class,
      PgBossCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
