package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.bare.BareLoad;
import dev.carillon.benchmarks.bare.BareProgram;
import dev.carillon.benchmarks.compare.BareSide;
import dev.carillon.benchmarks.compare.Comparison;
import dev.carillon.benchmarks.compare.HouseSide;
import dev.carillon.benchmarks.compare.PgBossSide;
import dev.carillon.benchmarks.compare.Side;
import dev.carillon.benchmarks.house.AcceptRun;
import dev.carillon.benchmarks.house.DispatchRun;
import dev.carillon.benchmarks.house.HeldJobs;
import dev.carillon.benchmarks.house.House;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.Submissions;
import dev.carillon.benchmarks.peer.MissingPeerException;
import dev.carillon.benchmarks.peer.PgBoss;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compares the service with the bare program, and with pg-boss where it can be had.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "The service beside the bare program, in pairs on the same PostgreSQL.")
public final class CompareCommand implements Callable<Integer> {
  private static final double OF_BARE = 0.30;
  private static final double OF_PG_BOSS = 1.5;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();
  @Mixin private PgBossOptions boss = new PgBossOptions();

  @Option(
      names = "--pairs",
      defaultValue = "7",
      description = "Rounds of each window. Default: ${DEFAULT-VALUE}")
  private int pairs;

  @Option(
      names = "--warm-up",
      defaultValue = "3",
      description = "Rounds before those that count. Default: ${DEFAULT-VALUE}")
  private int warmUp;

  @Option(
      names = "--messages",
      defaultValue = "200000",
      description = "Messages of a run. Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(names = "--job", defaultValue = "50000", description = "Default: ${DEFAULT-VALUE}")
  private int jobSize;

  @Option(
      names = "--window",
      split = ",",
      defaultValue = "500",
      description = "Windows, and the bare program's micro-batches. Default: ${DEFAULT-VALUE}")
  private List<Integer> windows = List.of();

  @Option(names = "--with-pgboss", description = "Runs pg-boss in each round too.")
  private boolean withPgBoss;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean kept = true;
    try (Postgres postgres = database.open()) {
      out.println(ServerDescription.of(postgres));
      Optional<PgBoss> peer = withPgBoss ? pgBoss(postgres, out) : Optional.empty();
      for (int window : windows) {
        out.printf(
            "%n%d workers, chunk %d, window %d, %,d messages a run%n",
            options.workers, options.chunkSize, window, messages);
        kept &= compare(postgres, window, peer, out);
      }
      if (peer.isPresent()) {
        peer.get().drop();
      }
    }
    return kept ? 0 : 1;
  }

  private boolean compare(Postgres postgres, int window, Optional<PgBoss> peer, PrintWriter out)
      throws Exception {
    try (House house = House.start(postgres, options.settings(window, jobSize));
        HouseClient client = house.client();
        PostgresMeter meter = PostgresMeter.of(postgres);
        HeldJobs held = HeldJobs.on(postgres);
        BareProgram program = BareProgram.on(postgres)) {
      int jobs = Math.max(1, messages / jobSize);
      Side bare =
          new BareSide(
              program,
              new BareLoad(jobs * jobSize, jobSize, options.chunkSize, window, options.workers));
      Side service =
          new HouseSide(
              new AcceptRun(house, meter),
              new DispatchRun(client, meter, held),
              Submissions.ONE_TEXT.of(jobSize),
              jobs);
      List<Side> sides = new ArrayList<>(List.of(bare, service));
      Optional<Side> queue =
          peer.map(it -> new PgBossSide(it, boss.jobs, boss.batch, boss.workers));
      queue.ifPresent(sides::add);
      Comparison comparison = new Comparison(postgres, sides, out);
      comparison.warmUp(warmUp);
      comparison.run(pairs);
      comparison.printMedians();
      boolean kept = comparison.printRatio(service, bare, OF_BARE) >= OF_BARE;
      if (queue.isPresent()) {
        kept &= comparison.printRatio(service, queue.get(), OF_PG_BOSS) >= OF_PG_BOSS;
      }
      return kept;
    }
  }

  private Optional<PgBoss> pgBoss(Postgres postgres, PrintWriter out) throws InterruptedException {
    try {
      return Optional.of(PgBoss.installed(boss.directory, postgres));
    } catch (MissingPeerException e) {
      out.printf("%n***** PG-BOSS IS LEFT OUT: %s *****%n%n", e.getMessage());
      return Optional.empty();
    }
  }
}
