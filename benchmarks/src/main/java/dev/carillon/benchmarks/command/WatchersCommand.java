package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.house.Latencies;
import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import dev.carillon.benchmarks.watching.WatchClients;
import dev.carillon.benchmarks.watching.WatchRun;
import dev.carillon.benchmarks.watching.Watched;
import dev.carillon.benchmarks.watching.Watchers;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures how soon many watchers of jobs that move know of each change, and what they cost.
@Command(
    name = "watchers",
    mixinStandardHelpOptions = true,
    description = {
      "Many watchers of a few jobs that move: from each change to each of them.",
      "A change is that more messages of a job are done with. Its time is PostgreSQL's clock inside"
          + " the transaction that stores it, before its commit; a reader knows of it when it has"
          + " decoded the first event that includes it. Each change counts for each reader, also"
          + " where several came in one event. The node is a process of its own; its heap is what"
          + " is in use after collections, with all streams open and nothing moving, less what was"
          + " in use before they were opened.",
      "Exit code 1 when a reader misses an end or is told something twice, or, without --kill,"
          + " where from 1,000 watchers on one takes 10 KB of heap or hears later than required."
    })
public final class WatchersCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int MANY = 1_000;
  private static final double REQUIRED_MILLIS = 250;
  private static final int REQUIRED_BYTES = 10_000;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(
      names = "--watchers",
      split = ",",
      defaultValue = "10,1000,10000",
      description = "Each number is measured. Default: ${DEFAULT-VALUE}")
  private List<Integer> watchers = List.of();

  @Option(names = "--jobs", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}")
  private int jobs;

  @Option(
      names = "--changes",
      defaultValue = "10",
      description = "Messages of each job handed over in a second. Default: ${DEFAULT-VALUE}")
  private int changes;

  @Option(names = "--seconds", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(names = "--connections", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}")
  private int connections;

  @Option(
      names = "--kill",
      description = {
        "Kill the node that all read from in the middle, and have every stream go on by its token:"
            + " at another node, or with --nodes=1 at the same one started again."
      })
  private boolean kill;

  @Option(
      names = "--nodes",
      defaultValue = "2",
      description = "With --kill, 1 or 2. Default: ${DEFAULT-VALUE}")
  private int count;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean reached = true;
    try (Postgres postgres = database.open()) {
      out.println(ServerDescription.of(postgres));
      for (int number : watchers) {
        Watched watched = run(postgres, number);
        out.println(watched);
        out.flush();
        reached &= watched.isWhole() && (kill || isReached(watched));
      }
    }
    return reached ? 0 : 1;
  }

  private Watched run(Postgres postgres, int number) throws Exception {
    int chunk = Math.max(options.chunkSize, changes * seconds);
    options.chunkSize = chunk;
    try (Nodes nodes =
        Nodes.start(
            postgres,
            options.settings(node.window, changes * seconds, Math.max(options.workers, jobs)),
            kill ? count : 1,
            node.heap,
            overrides())) {
      Businesses businesses = new Businesses(postgres);
      String key = businesses.add("Watched");
      businesses.liftRequestQuotas();
      warmUp(postgres, nodes, key);
      WatchRun run =
          new WatchRun(
              postgres, nodes, key, new WatchRun.Plan(jobs, changes, seconds, connections));
      return run.run(number, kill ? all -> killFirst(nodes, key, all) : WatchRun.Break.NONE);
    }
  }

  /// So that neither end is measured cold.
  private void warmUp(Postgres postgres, Nodes nodes, String key) throws Exception {
    WatchRun.Plan plan = new WatchRun.Plan(jobs, changes, Math.min(seconds, 5), 2);
    var _ = new WatchRun(postgres, nodes, key, plan).run(MANY / 2, WatchRun.Break.NONE);
  }

  private String killFirst(Nodes nodes, String key, Watchers all)
      throws IOException, InterruptedException, TimeoutException {
    TimeUnit.MILLISECONDS.sleep(TimeUnit.SECONDS.toMillis(seconds) / 2);
    nodes.process(0).kill();
    int port = count > 1 ? nodes.port(1) : nodes.restart(0);
    WatchClients others = new WatchClients(port, key, connections);
    spec.commandLine().getOut().flush();
    Latencies resumed = all.goOnAt(others, PATIENCE);
    all.awaitEnd(PATIENCE);
    others.close();
    return String.format(
        Locale.ROOT,
        "the node was killed in the middle; from there to the next event of each stream, %s: %s",
        count > 1 ? "at the other node" : "at the one started again",
        resumed);
  }

  private Map<String, String> overrides() {
    Map<String, String> overrides = new HashMap<>(node.overrides());
    overrides.put("CARILLON_WATCH_MAX_WATCHERS", "100000");
    if (kill) {
      overrides.put("CARILLON_DISPATCH_LEASE_TIME", "2s");
    }
    return overrides;
  }

  private static boolean isReached(Watched watched) {
    return watched.watchers() < MANY
        || (watched.ages().p99() < REQUIRED_MILLIS && watched.heapPerWatcher() < REQUIRED_BYTES);
  }
}
