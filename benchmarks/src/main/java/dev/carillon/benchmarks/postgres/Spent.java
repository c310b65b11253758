package dev.carillon.benchmarks.postgres;

import java.util.Locale;
import java.util.OptionalDouble;

/// What a piece of work took.
///
/// @param seconds by the wall clock
/// @param walBytes what the server wrote to its log meanwhile
/// @param cpuSeconds what the server's processes used meanwhile; empty when they run elsewhere
/// @param ownCpuSeconds what this process used meanwhile
public record Spent(
    double seconds, long walBytes, OptionalDouble cpuSeconds, double ownCpuSeconds) {
  private static final double MICROS = 1e6;

  /// Messages a second.
  public double rate(long messages) {
    return messages / seconds;
  }

  /// The figures of one message.
  public String perMessage(long messages) {
    String cpu =
        cpuSeconds.isPresent()
            ? String.format(Locale.ROOT, "%.2f us", cpuSeconds.getAsDouble() * MICROS / messages)
            : "n/a";
    return String.format(
        Locale.ROOT,
        "%,.0f messages/s, a message: WAL %d B, PostgreSQL CPU %s, own CPU %.2f us",
        rate(messages),
        walBytes / messages,
        cpu,
        ownCpuSeconds * MICROS / messages);
  }

  /// The same work with another clock's seconds.
  public Spent withSeconds(double measured) {
    return new Spent(measured, walBytes, cpuSeconds, ownCpuSeconds);
  }
}
