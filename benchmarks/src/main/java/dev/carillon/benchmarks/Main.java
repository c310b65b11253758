package dev.carillon.benchmarks;

import dev.carillon.benchmarks.command.AudienceCommand;
import dev.carillon.benchmarks.command.BareCommand;
import dev.carillon.benchmarks.command.BillingCommand;
import dev.carillon.benchmarks.command.BuildsCommand;
import dev.carillon.benchmarks.command.CompareCommand;
import dev.carillon.benchmarks.command.CrashCommand;
import dev.carillon.benchmarks.command.EndToEndCommand;
import dev.carillon.benchmarks.command.FairnessCommand;
import dev.carillon.benchmarks.command.GrowthCommand;
import dev.carillon.benchmarks.command.HttpCommand;
import dev.carillon.benchmarks.command.ImportCommand;
import dev.carillon.benchmarks.command.ListingCommand;
import dev.carillon.benchmarks.command.NodesCommand;
import dev.carillon.benchmarks.command.PgBossCommand;
import dev.carillon.benchmarks.command.RateCommand;
import dev.carillon.benchmarks.command.SlowReaderCommand;
import dev.carillon.benchmarks.command.SmppCommand;
import dev.carillon.benchmarks.command.UploadCommand;
import dev.carillon.benchmarks.command.WallsCommand;
import dev.carillon.benchmarks.command.WatchersCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The benchmarks' command line.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures what the house costs and what it survives.",
    subcommands = {
      BareCommand.class,
      BuildsCommand.class,
      CompareCommand.class,
      GrowthCommand.class,
      EndToEndCommand.class,
      NodesCommand.class,
      FairnessCommand.class,
      RateCommand.class,
      WatchersCommand.class,
      SlowReaderCommand.class,
      PgBossCommand.class,
      CrashCommand.class,
      ImportCommand.class,
      ListingCommand.class,
      AudienceCommand.class,
      UploadCommand.class,
      WallsCommand.class,
      HttpCommand.class,
      BillingCommand.class,
      SmppCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), arguments));
  }

  /// Runs a command. 0 when it measured what it should and nothing that is required was missed.
  static int run(PrintWriter out, String... arguments) {
    return new CommandLine(new Main()).setOut(out).execute(arguments);
  }
}
