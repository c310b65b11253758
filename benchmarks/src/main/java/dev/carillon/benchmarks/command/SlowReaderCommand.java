package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.house.HeldJobs;
import dev.carillon.benchmarks.house.House;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.ProcessMemory;
import dev.carillon.benchmarks.house.SlowReaders;
import dev.carillon.benchmarks.house.Submissions;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures what readers cost that do not read.
@Command(
    name = "slow-reader",
    mixinStandardHelpOptions = true,
    description = "Watchers that do not read for a minute: what they cost and what they then get.")
public final class SlowReaderCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int WINDOW_BYTES = 1024;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();

  @Option(names = "--readers", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}")
  private int readers;

  @Option(names = "--messages", defaultValue = "50000", description = "Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(
      names = "--pause",
      defaultValue = "60",
      description = "Seconds without reading. Default: ${DEFAULT-VALUE}")
  private int pause;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open();
        House house = House.start(postgres, options.settings(100, messages));
        HeldJobs held = HeldJobs.on(postgres);
        HouseClient client = house.client();
        HouseClient slowClient = house.client(WINDOW_BYTES)) {
      String bulkId = client.create(Submissions.ONE_TEXT.of(messages)).getBulkId();
      long without = ProcessMemory.heapAfterCollection();
      SlowReaders slow = SlowReaders.open(List.of(slowClient), bulkId, readers, PATIENCE);
      long before = ProcessMemory.heapAfterCollection();
      long start = System.nanoTime();
      held.letGo();
      int[] told = new int[1];
      client.watch(bulkId, _ -> told[0]++);
      Thread.sleep(Duration.ofSeconds(pause).minusNanos(System.nanoTime() - start));
      long after = ProcessMemory.heapAfterCollection();
      SlowReaders.Caught caught = slow.catchUp(PATIENCE);
      out.printf(
          "%,d readers, none reading for %d s while a job of %,d ran: heap of a reader, both ends:"
              + " %,d B before the job and %,d B after it; then %,d of them read its end within"
              + " %.0f ms, each at most %d events (a reader that kept up: %d)%n",
          readers,
          pause,
          messages,
          (before - without) / readers,
          (after - without) / readers,
          caught.ends(),
          caught.millis(),
          caught.mostEvents(),
          told[0]);
      return caught.ends() == readers ? 0 : 1;
    }
  }
}
