package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.peer.PgBoss;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures pg-boss alone.
@Command(
    name = "pgboss",
    mixinStandardHelpOptions = true,
    description = "The fastest peer: no-op jobs through pg-boss.")
public final class PgBossCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private PgBossOptions options = new PgBossOptions();

  @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open()) {
      out.println(ServerDescription.of(postgres));
      PgBoss boss = PgBoss.installed(options.directory, postgres);
      for (int round = 0; round < rounds; round++) {
        PgBoss.Run enqueue = boss.enqueue(options.jobs);
        out.printf(
            "pg-boss %s enqueue %,d: %s%n",
            enqueue.version(), options.jobs, enqueue.spent().perMessage(options.jobs));
        postgres.checkpoint();
        PgBoss.Run process = boss.process(options.jobs, options.batch, options.workers);
        out.printf(
            "pg-boss %s process %,d, batch %d, %d workers: %s%n",
            process.version(),
            options.jobs,
            options.batch,
            options.workers,
            process.spent().perMessage(options.jobs));
        out.flush();
      }
      boss.drop();
    }
    return 0;
  }
}
