package dev.carillon.benchmarks.house;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The memory of this process, which is service and client together.
///
/// @param peakRssBytes most resident memory so far, as Linux counts it (VmHWM); 0 where it does not
/// @param peakHeapBytes the heap pools' peaks so far, which need not have been at the same time
/// @param maxHeapBytes the limit, -Xmx
public record ProcessMemory(long peakRssBytes, long peakHeapBytes, long maxHeapBytes) {
  private static final String SELF = "self";
  private static final double MEBIBYTE = 1 << 20;

  /// As it stands.
  public static ProcessMemory read() {
    long heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(MemoryUsage::getUsed)
            .sum();
    long most = Runtime.getRuntime().maxMemory();
    return new ProcessMemory(peakRss(SELF), Math.min(heap, most), most);
  }

  /// Heap in use after a collection.
  public static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /// The most resident memory of another process of this machine so far; 0 where that is not told.
  public static long peakRssOf(long pid) {
    return peakRss(Long.toString(pid));
  }

  private static long peakRss(String process) {
    try {
      return Files.readAllLines(Path.of("/proc", process, "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(kibibytes -> Long.parseLong(kibibytes) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "peak RSS %.0f MiB, peak heap at most %.0f MiB of -Xmx %.0f MiB (service and client"
            + " together)",
        peakRssBytes / MEBIBYTE,
        peakHeapBytes / MEBIBYTE,
        maxHeapBytes / MEBIBYTE);
  }
}
