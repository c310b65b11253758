package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Server processes of a cluster whose JVM was killed. The cluster's lock is held, so whatever
/// still works on its data has no owner.
///
/// A process is known by its working directory, which PostgreSQL sets to its data, and not by the
/// number in postmaster.pid: that may be a zombie which nobody reaps, or belong to someone else by
/// now, and PostgreSQL takes either for a living server.
record LeftOverProcesses(Cluster cluster) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path PROC = Path.of("/proc");

  /// Stops them all; after it the data are nobody's.
  void stop() throws IOException, InterruptedException {
    for (String signal : List.of("INT", "QUIT", "KILL")) {
      if (all().isEmpty() || stoppedBy(signal)) {
        Files.deleteIfExists(cluster.pidFile());
        return;
      }
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL processes left over in %s do not end: %s".formatted(cluster.data(), all()));
  }

  private boolean stoppedBy(String signal) throws IOException, InterruptedException {
    for (long pid : all()) {
      Command.signal(signal, pid);
    }
    return Poll.until(PATIENCE, () -> all().isEmpty());
  }

  private List<Long> all() throws IOException {
    Path data = cluster.data().toRealPath();
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("\\d+"))
          .filter(process -> isServerOf(data, process))
          .map(process -> Long.valueOf(process.getFileName().toString()))
          .toList();
    }
  }

  private static boolean isServerOf(Path data, Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(data)
          && Files.readSymbolicLink(process.resolve("exe"))
              .getFileName()
              .toString()
              .startsWith("postgres");
    } catch (IOException e) {
      return false; // ended meanwhile, a zombie, or another user's
    }
  }
}
