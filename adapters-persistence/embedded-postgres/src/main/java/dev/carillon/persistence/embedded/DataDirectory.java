package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The directory that somebody gave us to keep data in: made if need be, and refused where it
/// cannot be ours.
final class DataDirectory {
  /// What Carillon puts there, and what file systems do.
  private static final Set<String> OWN =
      Set.of("lock", "cluster.initializing", "witness", "webhook-key", "lost+found");

  private static final String NAME = ".carillon";

  private DataDirectory() {}

  /// Throws a [DataDirectoryException] when it cannot be used.
  static void prepare(Path directory) throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new DataDirectoryException(
          "The data directory %s is a file. Choose a directory.".formatted(directory));
    }
    make(directory);
    if (!Files.isWritable(directory)) {
      throw new DataDirectoryException(
          "The data directory %s cannot be written to by this user. Give it to this user, or choose another directory."
              .formatted(directory));
    }
    Optional<String> other = isOurs(directory) ? Optional.empty() : foreign(directory);
    if (other.isPresent()) {
      throw new DataDirectoryException(
          "The data directory %s holds files that are not Carillon's, such as %s, and no data of Carillon. Choose an empty directory, or a new one."
              .formatted(directory, other.get()));
    }
  }

  /// By its data, or by its name: what is in a directory of that name came from Carillon's tools.
  private static boolean isOurs(Path directory) {
    return Files.exists(Cluster.in(directory).directory())
        || directory.toAbsolutePath().normalize().endsWith(NAME);
  }

  private static void make(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (FileSystemException refused) {
      throw new DataDirectoryException(
          "The data directory %s cannot be made: %s. Choose a place where this user may make it."
              .formatted(directory, reason(refused)));
    }
  }

  /// One that did not come from us; hidden ones are nobody's business.
  private static Optional<String> foreign(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      List<String> others =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !name.startsWith(".") && !OWN.contains(name))
              .sorted()
              .toList();
      return others.stream().findFirst();
    }
  }

  /// Why the system refuses to make or read a file, in words.
  static String reason(FileSystemException refused) {
    String file = String.valueOf(refused.getFile());
    return switch (refused) {
      case AccessDeniedException _ -> "permission denied at " + file;
      case FileAlreadyExistsException _ -> file + " is a file";
      case NoSuchFileException _ -> "no such file or directory: " + file;
      default ->
          "%s (%s)".formatted(Optional.ofNullable(refused.getReason()).orElse("refused"), file);
    };
  }
}
