package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// This user's own corner of the system's temporary directory: the unpacked programs and the data
/// of temporary servers.
record Workspace(Path root) {
  private static final String PREFIX = "temporary-";
  // Young directories may be between their creation and their lock.
  private static final Duration ABANDONED_AFTER = Duration.ofMinutes(10);

  static Workspace ofThisUser() throws IOException {
    String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    return new Workspace(PrivateDirectory.at(parent.resolve("carillon-postgres-" + user)));
  }

  Binaries binaries() throws IOException {
    return Binaries.in(root);
  }

  Path newTemporary() throws IOException {
    return Files.createTempDirectory(root, PREFIX);
  }

  /// Deletes the temporary data whose JVM was killed before it could.
  void sweep() throws IOException, InterruptedException {
    Instant limit = Instant.now().minus(ABANDONED_AFTER);
    for (Path directory : temporaries()) {
      if (Files.getLastModifiedTime(directory).toInstant().isBefore(limit)) {
        sweep(directory);
      }
    }
  }

  private List<Path> temporaries() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX)).toList();
    }
  }

  private static void sweep(Path directory) throws IOException, InterruptedException {
    try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
      Cluster cluster = lock.cluster();
      if (Files.exists(cluster.data())) {
        new LeftOverProcesses(cluster).stop();
      }
      Trees.delete(directory);
    } catch (DataDirectoryInUseException e) {
      return; // its owner lives
    }
  }
}
