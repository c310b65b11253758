package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.compare.Ratios;
import dev.carillon.benchmarks.compare.Sample;
import dev.carillon.benchmarks.house.AcceptRun;
import dev.carillon.benchmarks.house.AcceptRun.Accepted;
import dev.carillon.benchmarks.house.HeldJobs;
import dev.carillon.benchmarks.house.House;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.ReadRun;
import dev.carillon.benchmarks.house.ReadRun.Owned;
import dev.carillon.benchmarks.house.Submissions;
import dev.carillon.benchmarks.house.Walls;
import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import dev.carillon.benchmarks.postgres.Spent;
import dev.carillon.v1.CreateBulkJobRequest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures what row-level security costs: the same calls with it and without, in turn.
@Command(
    name = "walls",
    mixinStandardHelpOptions = true,
    description = "Accept rate and small reads with row-level security, beside those without.")
public final class WallsCommand implements Callable<Integer> {
  private static final double REQUIRED = 0.9;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();

  @Option(names = "--pairs", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}")
  private int pairs;

  @Option(
      names = "--jobs",
      defaultValue = "300",
      description = "Submitted in each measurement. Default: ${DEFAULT-VALUE}")
  private int jobs;

  @Option(
      names = "--recipients",
      defaultValue = "100",
      description = "Of each job. Default: ${DEFAULT-VALUE}")
  private int recipients;

  @Option(
      names = "--reads",
      defaultValue = "4000",
      description = "In each measurement. Default: ${DEFAULT-VALUE}")
  private int reads;

  @Option(names = "--threads", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}")
  private int threads;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open();
        House house = House.start(postgres, options.settings(100, recipients));
        HouseClient one = house.client();
        HouseClient other = house.client(new Businesses(postgres).add("Walls"));
        PostgresMeter meter = PostgresMeter.of(postgres);
        HeldJobs _ = HeldJobs.on(postgres)) {
      out.println(ServerDescription.of(postgres));
      new Businesses(postgres).liftRequestQuotas();
      CreateBulkJobRequest request = Submissions.ONE_TEXT.of(recipients);
      Owned ofOne = new Owned(one, one.create(request).getBulkId());
      Owned ofOther = new Owned(other, other.create(request).getBulkId());
      Run run =
          new Run(
              new AcceptRun(house, meter),
              request,
              new ReadRun(meter, List.of(ofOne)),
              new ReadRun(meter, List.of(ofOne, ofOther)));
      boolean kept = measure(run, new Walls(postgres), out);
      out.flush();
      return kept ? 0 : 1;
    }
  }

  private boolean measure(Run run, Walls walls, PrintWriter out) throws Exception {
    List<Figures> with = new ArrayList<>();
    List<Figures> without = new ArrayList<>();
    figures(run);
    for (int pair = 0; pair < pairs; pair++) {
      for (boolean standing : pair % 2 == 0 ? List.of(true, false) : List.of(false, true)) {
        walls.set(standing);
        Figures figures = figures(run);
        (standing ? with : without).add(figures);
        out.printf("pair %d, %s: %s%n", pair + 1, standing ? "with   " : "without", figures);
        out.flush();
      }
    }
    walls.set(true);
    boolean kept = print("accepting a message", with, without, Figures::accepted, out);
    kept &= print("a read of one tenant", with, without, Figures::read, out);
    kept &= print("a read, two tenants in turn", with, without, Figures::readInTurn, out);
    return kept;
  }

  private Figures figures(Run run) throws Exception {
    Accepted accepted = run.accept().submit(run.request(), jobs, threads);
    return new Figures(
        Cost.of(accepted.spent(), accepted.messages()),
        Cost.of(run.reads().read(reads, threads), reads),
        Cost.of(run.readsInTurn().read(reads, threads), reads));
  }

  private static boolean print(
      String what,
      List<Figures> with,
      List<Figures> without,
      Function<Figures, Cost> of,
      PrintWriter out) {
    Ratios rates = ratios(with, without, figures -> of.apply(figures).rate());
    out.printf("%s: rate with row-level security, as a share of that without: %s%n", what, rates);
    Ratios cpu = ratios(with, without, figures -> 1 / of.apply(figures).cpuMicros());
    out.printf(
        "%s: PostgreSQL CPU %.1f us with, %.1f us without (medians); what the same CPU does with"
            + " it, as a share of that without: %s%n",
        what,
        median(with, figures -> of.apply(figures).cpuMicros()),
        median(without, figures -> of.apply(figures).cpuMicros()),
        cpu);
    return cpu.isReached();
  }

  private static Ratios ratios(
      List<Figures> with, List<Figures> without, ToDoubleFunction<Figures> of) {
    List<Double> each = new ArrayList<>();
    for (int pair = 0; pair < with.size(); pair++) {
      each.add(of.applyAsDouble(with.get(pair)) / of.applyAsDouble(without.get(pair)));
    }
    return new Ratios(each, REQUIRED);
  }

  private static double median(List<Figures> figures, ToDoubleFunction<Figures> of) {
    return Sample.of(figures.stream().mapToDouble(of).boxed().toList()).median();
  }

  /// What is run.
  private record Run(
      AcceptRun accept, CreateBulkJobRequest request, ReadRun reads, ReadRun readsInTurn) {}

  /// Of one message or read.
  ///
  /// @param rate how many a second
  /// @param cpuMicros of PostgreSQL; not a number when it runs elsewhere
  private record Cost(double rate, double cpuMicros) {
    static Cost of(Spent spent, long count) {
      return new Cost(spent.rate(count), spent.cpuSeconds().orElse(Double.NaN) * 1_000_000 / count);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%,.0f/s, CPU %.1f us", rate, cpuMicros);
    }
  }

  /// What one measurement found.
  private record Figures(Cost accepted, Cost read, Cost readInTurn) {
    @Override
    public String toString() {
      return "messages accepted "
          + accepted
          + "; reads of one tenant "
          + read
          + ", of two in turn "
          + readInTurn;
    }
  }
}
