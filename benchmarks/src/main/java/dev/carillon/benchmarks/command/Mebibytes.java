package dev.carillon.benchmarks.command;

import java.util.Locale;

/// Writes sizes of memory.
final class Mebibytes {
  private static final double EACH = 1 << 20;

  private Mebibytes() {}

  static String of(long bytes) {
    return bytes == 0 ? "not told" : String.format(Locale.ROOT, "%.0f MiB", bytes / EACH);
  }
}
