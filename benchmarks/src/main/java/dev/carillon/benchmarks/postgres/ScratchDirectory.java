package dev.carillon.benchmarks.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A new directory below `./.carillon`, which is deleted with all that is in it when it is closed.
public record ScratchDirectory(Path path) implements AutoCloseable {
  private static final Path PARENT = Path.of(".carillon");

  /// Makes one whose name begins with the prefix; its path is absolute.
  public static ScratchDirectory create(String prefix) {
    try {
      Files.createDirectories(PARENT);
      return new ScratchDirectory(Files.createTempDirectory(PARENT, prefix).toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
