package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.web.WebComparison;
import dev.carillon.benchmarks.web.WebComparison.Kind;
import dev.carillon.benchmarks.web.WebComparison.Round;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures what carriers over HTTP do of what the HTTP client does alone.
@Command(
    name = "http",
    mixinStandardHelpOptions = true,
    description = "Carriers over HTTP beside the HTTP client alone, in turn, on one local server.")
public final class HttpCommand implements Callable<Integer> {
  private static final double REQUIRED = 0.7;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--messages",
      defaultValue = "20000",
      description = "Of each side in a round. Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(
      names = "--connections",
      defaultValue = "50",
      description = "At a time. Default: ${DEFAULT-VALUE}")
  private int connections;

  @Option(names = "--rounds", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean kept = true;
    for (Kind kind : Kind.values()) {
      List<Round> all = new WebComparison(kind, messages, connections).run(rounds);
      Round median = Round.median(all);
      boolean enough = median.ratio() >= REQUIRED;
      kept &= enough;
      out.printf(
          "%s: median of %d: %,.0f/s of %,.0f/s bare, %.2f; required %.2f: %s%n",
          kind.name().toLowerCase(Locale.ROOT),
          rounds,
          median.carrier(),
          median.bare(),
          median.ratio(),
          REQUIRED,
          enough ? "kept" : "MISSED");
      all.forEach(round ->
          out.printf("  %,.0f/s of %,.0f/s, %.2f%n", round.carrier(), round.bare(), round.ratio()));
      out.flush();
    }
    return kept ? 0 : 1;
  }
}
