package dev.carillon.benchmarks.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What the JIT compilers of another Java process have used of the CPU, by the threads that Linux
/// lists. A node compiles for a minute and more before it is as fast as it gets.
final class CompilerThreads {
  private static final double NANOS = 1e9;

  private final Path tasks;

  /// Threads come and go; what one has used stays counted.
  private final Map<String, Long> nanosByThread = new HashMap<>();

  CompilerThreads(long pid) {
    this.tasks = Path.of("/proc", Long.toString(pid), "task");
  }

  /// Seconds so far, as seen at this call and the ones before; 0 where the system does not tell.
  double seconds() throws IOException {
    if (Files.isDirectory(tasks)) {
      try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
        for (Path thread : threads) {
          look(thread);
        }
      }
    }
    return nanosByThread.values().stream().mapToLong(Long::longValue).sum() / NANOS;
  }

  private void look(Path thread) throws IOException {
    try {
      if (Files.readString(thread.resolve("comm")).contains("CompilerThre")) {
        String[] times = Files.readString(thread.resolve("schedstat")).split(" ", -1);
        nanosByThread.put(thread.getFileName().toString(), Long.parseLong(times[0]));
      }
    } catch (NoSuchFileException ended) {
      // its last reading counts
    }
  }
}
