package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.compare.Sample;
import dev.carillon.benchmarks.smpp.LocalCentre;
import dev.carillon.benchmarks.smpp.SmppRates;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compares the SMPP carrier with the bare library in pairs, in turns.
@Command(
    name = "smpp",
    mixinStandardHelpOptions = true,
    description = "One session to a local centre: the carrier beside bare jsmpp.")
public final class SmppCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--pairs", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}")
  private int pairs;

  @Option(
      names = "--warm-up",
      defaultValue = "2",
      description = "Pairs before that. Default: ${DEFAULT-VALUE}")
  private int warmUp;

  @Option(
      names = "--messages",
      defaultValue = "200000",
      description = "Of each run. Default: ${DEFAULT-VALUE}")
  private int messages;

  @Option(
      names = "--window",
      defaultValue = "100",
      description = "submit_sm unanswered. Default: ${DEFAULT-VALUE}")
  private int window;

  @Option(
      names = "--required",
      defaultValue = "0.8",
      description = "Least median of carrier / bare. Default: ${DEFAULT-VALUE}")
  private double required;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    List<Double> ratios = new ArrayList<>();
    try (LocalCentre centre = new LocalCentre()) {
      SmppRates rates = new SmppRates(centre, messages, window);
      for (int pair = 1 - warmUp; pair <= pairs; pair++) {
        boolean carrierFirst = (pair & 1) == 0;
        double first = carrierFirst ? rates.carrier() : rates.bare();
        double second = carrierFirst ? rates.bare() : rates.carrier();
        double carrier = carrierFirst ? first : second;
        double bare = carrierFirst ? second : first;
        if (pair > 0) {
          ratios.add(carrier / bare);
          out.printf("pair %d: carrier %,.0f/s, bare %,.0f/s%n", pair, carrier, bare);
        }
      }
    }
    Sample sample = Sample.of(ratios);
    boolean kept = sample.median() >= required;
    out.printf(
        "carrier / bare, median of %d: %.2f (%.2f to %.2f), at least %.2f: %s%n",
        sample.count(),
        sample.median(),
        sample.least(),
        sample.most(),
        required,
        kept ? "kept" : "MISSED");
    return kept ? 0 : 1;
  }
}
