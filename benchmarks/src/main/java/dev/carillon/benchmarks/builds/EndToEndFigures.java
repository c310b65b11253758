package dev.carillon.benchmarks.builds;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `endtoend` printed of one case.
///
/// @param accepted messages a second
/// @param dispatched messages a second
/// @param cpuMicros of a dispatched message, PostgreSQL's and the service's; empty when PostgreSQL
///   ran elsewhere
public record EndToEndFigures(double accepted, double dispatched, OptionalDouble cpuMicros) {
  private static final Pattern ACCEPT = Pattern.compile("(?m)^accept .*?: ([0-9,]+) messages/s");
  private static final Pattern DISPATCH =
      Pattern.compile("(?m)^dispatch [0-9,]+: ([0-9,]+) messages/s(.*)$");
  private static final Pattern CPU =
      Pattern.compile("PostgreSQL CPU ([0-9.]+) us, own CPU ([0-9.]+) us");

  /// Reads the only case that a run printed.
  public static EndToEndFigures parse(String output) {
    Matcher accept = found(ACCEPT, output);
    Matcher dispatch = found(DISPATCH, output);
    Matcher cpu = CPU.matcher(dispatch.group(2));
    return new EndToEndFigures(
        number(accept.group(1)),
        number(dispatch.group(1)),
        cpu.find()
            ? OptionalDouble.of(number(cpu.group(1)) + number(cpu.group(2)))
            : OptionalDouble.empty());
  }

  private static Matcher found(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalArgumentException("not what endtoend prints: " + output);
    }
    return matcher;
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(",", ""));
  }
}
