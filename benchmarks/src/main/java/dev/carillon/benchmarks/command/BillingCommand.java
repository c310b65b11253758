package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.compare.Ratios;
import dev.carillon.benchmarks.compare.Sample;
import dev.carillon.benchmarks.house.AcceptRun;
import dev.carillon.benchmarks.house.AcceptRun.Accepted;
import dev.carillon.benchmarks.house.DispatchRun;
import dev.carillon.benchmarks.house.HeldJobs;
import dev.carillon.benchmarks.house.House;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.HouseSettings;
import dev.carillon.benchmarks.house.Submissions;
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
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures what billing and quotas cost: two services over one PostgreSQL, one with them and one
/// without, are submitted the same in turn; both dispatch it together.
@Command(
    name = "billing",
    mixinStandardHelpOptions = true,
    description = "Accept and dispatch rates with billing and quotas, beside those without.")
public final class BillingCommand implements Callable<Integer> {
  private static final double REQUIRED = 0.85;
  private static final double MICROS = 1e6;

  private static final Map<String, String> WITH =
      Map.of(
          "CARILLON_BILLING_ENABLED",
          "true",
          "CARILLON_BILLING_TEST_CREDIT",
          "1000000000",
          "CARILLON_QUOTAS_REQUESTS_PER_SECOND",
          "1000000",
          "CARILLON_QUOTAS_RECIPIENTS_PER_DAY",
          "2000000000");

  private static final Map<String, String> WITHOUT =
      Map.of(
          "CARILLON_BILLING_ENABLED",
          "false",
          "CARILLON_QUOTAS_JOBS_PER_HOUR",
          "0",
          "CARILLON_QUOTAS_REQUESTS_PER_SECOND",
          "0",
          "CARILLON_QUOTAS_RECIPIENTS_PER_DAY",
          "0");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();

  @Option(names = "--pairs", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}")
  private int pairs;

  @Option(
      names = "--messages",
      defaultValue = "100000",
      description = "Submitted in each measurement. Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(
      names = "--recipients",
      split = ",",
      defaultValue = "1000,50000",
      description = "Of each job, each measured. Default: ${DEFAULT-VALUE}")
  private List<Integer> recipients = List.of();

  @Option(names = "--window", defaultValue = "500", description = "Default: ${DEFAULT-VALUE}")
  private int window;

  @Option(names = "--threads", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}")
  private int threads;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    int largest = recipients.stream().mapToInt(Integer::intValue).max().orElseThrow();
    HouseSettings settings = options.settings(window, largest);
    try (Postgres postgres = database.open();
        House billed = House.start(postgres, settings, WITH);
        House free = House.start(postgres, settings, WITHOUT);
        HouseClient client = billed.client();
        PostgresMeter meter = PostgresMeter.of(postgres);
        HeldJobs held = HeldJobs.on(postgres)) {
      out.println(ServerDescription.of(postgres));
      DispatchRun dispatch = new DispatchRun(client, meter, held);
      Side with = new Side("with   ", new AcceptRun(billed, meter), dispatch);
      Side without = new Side("without", new AcceptRun(free, meter), dispatch);
      boolean kept = true;
      for (int size : recipients) {
        kept &= measure(with, without, size, out);
      }
      out.flush();
      return kept ? 0 : 1;
    }
  }

  private boolean measure(Side with, Side without, int size, PrintWriter out) throws Exception {
    CreateBulkJobRequest request = Submissions.ONE_TEXT.of(size);
    int jobs = Math.max(threads, messages / size);
    out.printf("jobs of %,d, %,d of them, %d client threads%n", size, jobs, threads);
    with.figures(request, jobs, threads);
    without.figures(request, jobs, threads);
    List<Figures> billed = new ArrayList<>();
    List<Figures> free = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      for (Side side : pair % 2 == 0 ? List.of(with, without) : List.of(without, with)) {
        Figures figures = side.figures(request, jobs, threads);
        (side.equals(with) ? billed : free).add(figures);
        out.printf("pair %d, %s: %s%n", pair + 1, side.name(), figures);
        out.flush();
      }
    }
    printCpu("accept", billed, free, Figures::acceptCpu, out);
    printCpu("dispatch", billed, free, Figures::dispatchCpu, out);
    boolean accept = print("accept", billed, free, Figures::accepted, out);
    return print("dispatch", billed, free, Figures::dispatched, out) && accept;
  }

  private static boolean print(
      String what,
      List<Figures> billed,
      List<Figures> free,
      ToDoubleFunction<Figures> of,
      PrintWriter out) {
    List<Double> each = new ArrayList<>();
    for (int pair = 0; pair < billed.size(); pair++) {
      each.add(of.applyAsDouble(billed.get(pair)) / of.applyAsDouble(free.get(pair)));
    }
    Ratios ratios = new Ratios(each, REQUIRED);
    out.printf("%s with billing and quotas, as a share of that without: %s%n", what, ratios);
    return ratios.isReached();
  }

  private static void printCpu(
      String what,
      List<Figures> billed,
      List<Figures> free,
      ToDoubleFunction<Figures> of,
      PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: PostgreSQL CPU %.1f us a message with, %.1f us without (medians)%n",
        what,
        Sample.of(billed.stream().map(of::applyAsDouble).toList()).median(),
        Sample.of(free.stream().map(of::applyAsDouble).toList()).median());
  }

  /// One of the two services.
  private record Side(String name, AcceptRun accept, DispatchRun dispatch) {
    Figures figures(CreateBulkJobRequest request, int jobs, int threads) throws Exception {
      Accepted accepted = accept.submit(request, jobs, threads);
      Spent dispatched = dispatch.dispatch(accepted.ids());
      long messages = accepted.messages();
      return new Figures(
          accepted.spent().rate(messages),
          micros(accepted.spent(), messages),
          dispatched.rate(messages),
          micros(dispatched, messages));
    }

    private static double micros(Spent spent, long messages) {
      return spent.cpuSeconds().orElse(Double.NaN) * MICROS / messages;
    }
  }

  /// Rates a second, and what PostgreSQL spent on a message; not a number when it runs elsewhere.
  private record Figures(double accepted, double acceptCpu, double dispatched, double dispatchCpu) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "accepts %,.0f messages/s, dispatches %,.0f messages/s",
          accepted,
          dispatched);
    }
  }
}
