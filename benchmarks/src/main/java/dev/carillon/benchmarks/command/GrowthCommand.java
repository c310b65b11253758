package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.compare.Costs;
import dev.carillon.benchmarks.compare.HouseSide;
import dev.carillon.benchmarks.compare.Sample;
import dev.carillon.benchmarks.compare.Side;
import dev.carillon.benchmarks.house.AcceptRun;
import dev.carillon.benchmarks.house.DispatchRun;
import dev.carillon.benchmarks.house.HeldJobs;
import dev.carillon.benchmarks.house.House;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.ProcessMemory;
import dev.carillon.benchmarks.house.Submissions;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures whether a message costs the same in a small job and in a large one.
@Command(
    name = "growth",
    mixinStandardHelpOptions = true,
    description = "The cost of a message in jobs of different sizes, accepted and dispatched.")
public final class GrowthCommand implements Callable<Integer> {
  private static final double ALLOWED = 0.15;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();

  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "10000,100000,1000000",
      description = "Recipients of a job. Default: ${DEFAULT-VALUE}")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--least",
      defaultValue = "200000",
      description = "Small jobs are repeated until there are so many messages a measurement.")
  private int least;

  @Option(names = "--rounds", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--window", defaultValue = "500", description = "Default: ${DEFAULT-VALUE}")
  private int window;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open();
        House house = House.start(postgres, options.settings(window, Collections.max(sizes)));
        HouseClient client = house.client();
        PostgresMeter meter = PostgresMeter.of(postgres);
        HeldJobs held = HeldJobs.on(postgres)) {
      out.println(ServerDescription.of(postgres));
      Map<Integer, Side> sides = new LinkedHashMap<>();
      for (int size : sizes) {
        sides.put(
            size,
            new HouseSide(
                new AcceptRun(house, meter),
                new DispatchRun(client, meter, held),
                Submissions.ONE_TEXT.of(size),
                1));
      }
      for (Side side : sides.values()) {
        if (side.messages() < least) {
          Costs.of(side, least);
        }
      }
      Map<Integer, List<Costs>> costs = measure(postgres, sides, out);
      boolean flat = print(costs, out);
      out.println("memory: " + ProcessMemory.read());
      out.flush();
      return flat ? 0 : 1;
    }
  }

  private Map<Integer, List<Costs>> measure(
      Postgres postgres, Map<Integer, Side> sides, PrintWriter out) throws Exception {
    Map<Integer, List<Costs>> costs = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      List<Integer> order = new ArrayList<>(sizes);
      if (round % 2 == 0) {
        Collections.reverse(order);
      }
      for (int size : order) {
        postgres.checkpoint();
        Costs cost = Costs.of(sides.getOrDefault(size, sides.values().iterator().next()), least);
        costs.computeIfAbsent(size, _ -> new ArrayList<>()).add(cost);
        out.printf(
            "round %d, jobs of %,9d: a message: %.2f us, CPU %.2f us, WAL %.0f B%n",
            round, size, cost.wallMicros(), cost.cpuMicros(), cost.walBytes());
        out.flush();
      }
    }
    return costs;
  }

  private boolean print(Map<Integer, List<Costs>> costs, PrintWriter out) {
    for (Map.Entry<Integer, List<Costs>> size : costs.entrySet()) {
      out.printf(
          "median of %d, jobs of %,9d: a message: %.2f us, CPU %.2f us, WAL %.0f B%n",
          size.getValue().size(),
          size.getKey(),
          median(size.getValue(), Costs::wallMicros),
          median(size.getValue(), Costs::cpuMicros),
          median(size.getValue(), Costs::walBytes));
    }
    boolean cpu = isFlat("CPU", costs, Costs::cpuMicros, out);
    return isFlat("time", costs, Costs::wallMicros, out) && cpu;
  }

  private static boolean isFlat(
      String what, Map<Integer, List<Costs>> costs, ToDoubleFunction<Costs> of, PrintWriter out) {
    List<Double> medians = costs.values().stream().map(each -> median(each, of)).toList();
    double cheapest = Collections.min(medians);
    double dearest = Collections.max(medians);
    double middle = (cheapest + dearest) / 2;
    double off = (dearest - middle) / middle;
    out.printf(
        "%s of a message over all sizes: %.2f us +- %.0f %%; required +- %.0f %%: %s%n",
        what, middle, 100 * off, 100 * ALLOWED, off <= ALLOWED ? "kept" : "MISSED");
    return off <= ALLOWED;
  }

  private static double median(List<Costs> costs, ToDoubleFunction<Costs> of) {
    return Sample.of(costs.stream().mapToDouble(of).boxed().toList()).median();
  }
}
