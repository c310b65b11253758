package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.house.HeldJobs;
import dev.carillon.benchmarks.house.House;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.Latencies;
import dev.carillon.benchmarks.house.ProcessMemory;
import dev.carillon.benchmarks.house.Submissions;
import dev.carillon.benchmarks.house.Watchers;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures how soon many watchers of one job know of its end.
@Command(
    name = "watchers",
    mixinStandardHelpOptions = true,
    description = "Many watchers of one job: from its end to the last of them.")
public final class WatchersCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final double NANOS_PER_MILLI = 1e6;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();

  @Option(names = "--watchers", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}")
  private int watchers;

  @Option(
      names = "--at-once",
      defaultValue = "100",
      description = "Streams opened at a time. Default: ${DEFAULT-VALUE}")
  private int atOnce;

  @Option(names = "--connections", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}")
  private int connections;

  @Option(names = "--messages", defaultValue = "50000", description = "Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open();
        House house = House.start(postgres, options.settings(500, messages));
        HeldJobs held = HeldJobs.on(postgres)) {
      List<HouseClient> clients = Stream.generate(house::client).limit(connections).toList();
      for (int round = 0; round < rounds; round++) {
        String bulkId = clients.getFirst().create(Submissions.ONE_TEXT.of(messages)).getBulkId();
        long before = ProcessMemory.heapAfterCollection();
        long start = System.nanoTime();
        Watchers all = Watchers.open(clients, bulkId, watchers, atOnce, PATIENCE);
        double opened = (System.nanoTime() - start) / NANOS_PER_MILLI;
        long heap = ProcessMemory.heapAfterCollection() - before;
        held.letGo();
        Latencies ends = all.awaitEnd(PATIENCE);
        out.printf(
            "%,d watchers on %d connections, opened within %.0f ms; a job of %,d, from its end"
                + " to the client: %s; heap of a watcher, both ends: %,d B%n",
            watchers, connections, opened, messages, ends, heap / watchers);
        out.flush();
      }
      clients.forEach(HouseClient::close);
    }
    return 0;
  }
}
