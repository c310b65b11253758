package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import dev.carillon.benchmarks.rate.AdminLimits;
import dev.carillon.benchmarks.rate.RateRun;
import dev.carillon.benchmarks.rate.RateRun.Held;
import dev.carillon.benchmarks.rate.Timeline.Window;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures whether a carrier's limit holds over several nodes, through a change and a death.
@Command(
    name = "rate",
    mixinStandardHelpOptions = true,
    description = "A carrier's rate limit over several nodes, changed live, one of them killed.")
public final class RateCommand implements Callable<Integer> {
  private static final double ALLOWED = 0.05;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(names = "--nodes", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
  private int count;

  @Option(
      names = "--limit",
      defaultValue = "500",
      description = "Messages a second in the first part. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Option(
      names = "--then",
      defaultValue = "200",
      description = "Messages a second in the second part. Default: ${DEFAULT-VALUE}")
  private int then;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "Of each part, and of the windows. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    int messages = 2 * (limit + then) * seconds;
    try (Postgres postgres = database.open();
        Nodes nodes =
            Nodes.start(
                postgres,
                options.settings(node.window, messages),
                count,
                node.heap,
                node.overrides());
        HouseClient client = nodes.client(0, new Businesses(postgres).add("Rate"));
        AdminLimits limits = AdminLimits.connect(nodes.port(0), new Businesses(postgres))) {
      out.println(ServerDescription.of(postgres));
      RateRun run = new RateRun(nodes, client, limits);
      return print(run.run(limit, then, Duration.ofSeconds(seconds), count - 1), out) ? 0 : 1;
    }
  }

  private boolean print(Held held, PrintWriter out) {
    Duration length = Duration.ofSeconds(seconds);
    out.printf("%d nodes, handed over in each second, by the carriers' logs:%n", count);
    printSeconds("limit " + limit, held, held.start(), held.change(), out);
    printSeconds("limit " + then, held, held.change(), held.killed(), out);
    printSeconds("limit " + then + ", a node killed", held, held.killed(), held.end(), out);
    printPart("under " + limit, held, held.start(), out);
    printPart("under " + then, held, held.change(), out);
    List<Window> windows =
        held.handedOver().windows(held.start(), held.end(), length, held.limits());
    double least = windows.stream().mapToDouble(Window::deviation).min().orElseThrow();
    double most = windows.stream().mapToDouble(Window::deviation).max().orElseThrow();
    boolean kept = Math.max(-least, most) <= ALLOWED;
    out.printf(
        "every window of %d s, the change and the death within some of them (%d windows): %+.1f %%"
            + " to %+.1f %%; required within %.0f %%: %s%n",
        seconds, windows.size(), 100 * least, 100 * most, 100 * ALLOWED, kept ? "kept" : "MISSED");
    out.flush();
    return kept;
  }

  private static void printSeconds(
      String what, Held held, Instant from, Instant to, PrintWriter out) {
    out.printf("  %s: %s%n", what, held.handedOver().perSecond(from, to));
  }

  private void printPart(String what, Held held, Instant from, PrintWriter out) {
    Duration length = Duration.ofSeconds(seconds);
    Window part = held.handedOver().windows(from, from.plus(length), length, held.limits()).get(0);
    out.printf(
        "%s: %.1f messages/s over %d s, %+.1f %%%n",
        what, part.mean(), seconds, 100 * part.deviation());
  }
}
