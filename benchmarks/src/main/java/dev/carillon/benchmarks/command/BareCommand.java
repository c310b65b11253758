package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.bare.BareLoad;
import dev.carillon.benchmarks.bare.BareProgram;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import dev.carillon.benchmarks.postgres.Spent;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures the bare program alone.
@Command(
    name = "bare",
    mixinStandardHelpOptions = true,
    description = "The limit: the storage design alone, by bare JDBC.")
public final class BareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();

  @Option(names = "--messages", defaultValue = "1000000", description = "Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(names = "--job", defaultValue = "50000", description = "Messages a job.")
  private int jobSize;

  @Option(names = "--chunk", defaultValue = "500", description = "Messages a chunk.")
  private int chunkSize;

  @Option(
      names = "--window",
      split = ",",
      defaultValue = "500,100",
      description = "Messages settled in a commit, each measured. Default: ${DEFAULT-VALUE}")
  private List<Integer> windows = List.of();

  @Option(names = "--workers", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}")
  private int workers;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open();
        BareProgram program = BareProgram.on(postgres)) {
      out.println(ServerDescription.of(postgres));
      for (int window : windows) {
        BareLoad load = new BareLoad(messages, jobSize, chunkSize, window, workers);
        Spent insert = program.insert(load);
        out.printf("insert   %,d: %s%n", messages, insert.perMessage(messages));
        postgres.checkpoint();
        Spent dispatch = program.dispatch(load);
        out.printf(
            "dispatch %,d, chunk %d, window %d, %d workers: %s%n",
            messages, chunkSize, window, workers, dispatch.perMessage(messages));
        out.flush();
      }
    }
    return 0;
  }
}
