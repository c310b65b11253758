package dev.carillon.benchmarks.compare;

import dev.carillon.benchmarks.postgres.Spent;

/// What a number of messages cost: time by the wall, and CPU of PostgreSQL and of this process.
///
/// @param wallMicros microseconds of a message, from the call to the answer and from the first
///   hand-over to the end
/// @param cpuMicros microseconds of a message, PostgreSQL and this process, the client included
/// @param walBytes bytes of a message
public record Costs(double wallMicros, double cpuMicros, double walBytes) {
  private static final double MICROS = 1e6;

  /// Runs a side once and again, as often as it takes to have so many messages.
  public static Costs of(Side side, int messages) throws Exception {
    int times = Math.max(1, messages / side.messages());
    double seconds = 0;
    double wal = 0;
    double cpu = 0;
    for (int n = 0; n < times; n++) {
      Spent stored = side.prepare();
      Spent sent = side.dispatch();
      seconds += stored.seconds() + sent.seconds();
      wal += stored.walBytes() + sent.walBytes();
      cpu += cpu(stored) + cpu(sent);
    }
    long all = (long) times * side.messages();
    return new Costs(seconds * MICROS / all, cpu * MICROS / all, wal / all);
  }

  private static double cpu(Spent spent) {
    return spent.cpuSeconds().orElse(0) + spent.ownCpuSeconds();
  }
}
