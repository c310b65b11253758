package dev.carillon.bootstrap.demo;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobCounters;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Draws a job's progress: one line that is drawn over on a terminal, a plain line now and then
/// elsewhere.
final class ProgressBar {
  private static final int WIDTH = 28;
  private static final Duration PLAIN_INTERVAL = Duration.ofMillis(500);
  private static final String FULL = "█";
  private static final String EMPTY = "░";

  private final PrintStream out;
  private final boolean terminal;
  private long lastNanos;
  private boolean begun;

  ProgressBar(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(BulkJob job, boolean last) {
    if (terminal) {
      out.print("\r\u001B[2K  " + bar(job) + figures(job));
      out.print(last ? System.lineSeparator() : "");
      out.flush();
    } else if (last || isDue()) {
      out.println("  " + figures(job));
    }
  }

  private boolean isDue() {
    long now = System.nanoTime();
    if (begun && now - lastNanos < PLAIN_INTERVAL.toNanos()) {
      return false;
    }
    begun = true;
    lastNanos = now;
    return true;
  }

  private static String bar(BulkJob job) {
    int filled = job.getCounters().getProgressPercent() * WIDTH / 100;
    return FULL.repeat(filled) + EMPTY.repeat(WIDTH - filled) + " ";
  }

  private static String figures(BulkJob job) {
    BulkJobCounters counters = job.getCounters();
    String status = job.getStatus().name().substring("BULK_JOB_STATUS_".length());
    return String.format(
        Locale.ROOT,
        "%3d%%  %-10s  success %,d (%,d delivered)  failed %,d  unknown %,d  waiting %,d",
        counters.getProgressPercent(),
        status,
        counters.getSuccessCount(),
        counters.getDeliveredCount(),
        counters.getFailedCount(),
        counters.getUnknown(),
        counters.getRemaining());
  }
}
