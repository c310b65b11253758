package dev.carillon.benchmarks.compare;

import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.Spent;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs the sides in turn, round after round, the order turned around each time, and compares each
/// round's figures with each other only, since a shared machine is not the same from one minute to
/// the next.
public final class Comparison {
  private final Postgres postgres;
  private final List<Side> sides;
  private final PrintWriter out;
  private final Map<String, List<Double>> prepared = new LinkedHashMap<>();
  private final Map<String, List<Double>> dispatched = new LinkedHashMap<>();

  public Comparison(Postgres postgres, List<Side> sides, PrintWriter out) {
    this.postgres = postgres;
    this.sides = List.copyOf(sides);
    this.out = out;
    for (Side side : sides) {
      prepared.put(side.name(), new ArrayList<>());
      dispatched.put(side.name(), new ArrayList<>());
    }
  }

  /// Runs each side so many times without keeping its figures.
  public void warmUp(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (Side side : sides) {
        side.prepare();
        side.dispatch();
      }
    }
  }

  /// Runs so many rounds and prints each.
  public void run(int rounds) throws Exception {
    for (int round = 1; round <= rounds; round++) {
      List<Side> order = new ArrayList<>(sides);
      if (round % 2 == 0) {
        Collections.reverse(order);
      }
      for (Side side : order) {
        runOne(round, side);
      }
    }
  }

  private void runOne(int round, Side side) throws Exception {
    Spent stored = side.prepare();
    postgres.checkpoint();
    Spent sent = side.dispatch();
    figures(prepared, side).add(stored.rate(side.messages()));
    figures(dispatched, side).add(sent.rate(side.messages()));
    out.printf("round %d %-8s stored %s%n", round, side.name(), stored.perMessage(side.messages()));
    out.printf(
        "round %d %-8s dispatched %s%n", round, side.name(), sent.perMessage(side.messages()));
    out.flush();
  }

  /// Prints the medians of all sides.
  public void printMedians() {
    for (Side side : sides) {
      print("stored", side, figures(prepared, side));
      print("dispatched", side, figures(dispatched, side));
    }
  }

  private void print(String what, Side side, List<Double> rates) {
    Sample sample = Sample.of(rates);
    out.printf(
        "median of %d: %-8s %-10s %,9.0f messages/s (%,.0f to %,.0f)%n",
        sample.count(), side.name(), what, sample.median(), sample.least(), sample.most());
  }

  /// Prints the median of the rounds' ratios of two sides' dispatch rates, with what is required.
  public double printRatio(Side side, Side to, double required) {
    List<Double> ratios = new ArrayList<>();
    List<Double> mine = figures(dispatched, side);
    List<Double> theirs = figures(dispatched, to);
    for (int n = 0; n < mine.size(); n++) {
      ratios.add(mine.get(n) / theirs.get(n));
    }
    Sample sample = Sample.of(ratios);
    out.printf(
        "median of %d: %s dispatches %.2f times as fast as %s (%.2f to %.2f, spread %.0f %%);"
            + " required %.2f: %s%n",
        sample.count(),
        side.name(),
        sample.median(),
        to.name(),
        sample.least(),
        sample.most(),
        100 * Sample.spread(ratios),
        required,
        sample.median() >= required ? "kept" : "MISSED");
    out.flush();
    return sample.median();
  }

  private static List<Double> figures(Map<String, List<Double>> of, Side side) {
    return of.computeIfAbsent(side.name(), _ -> new ArrayList<>());
  }
}
