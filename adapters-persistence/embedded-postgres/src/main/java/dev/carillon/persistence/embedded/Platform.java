package dev.carillon.persistence.embedded;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the packed programs can run.
final class Platform {
  // The loader that every dynamically linked program names on x86-64 with glibc (System V ABI).
  private static final Path GLIBC_LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");

  private Platform() {}

  static void requireSupported() {
    String system = System.getProperty("os.name");
    String processor = System.getProperty("os.arch");
    if (!isSupported(system, processor) || !Files.exists(GLIBC_LOADER)) {
      throw new EmbeddedPostgresException(
          "The embedded PostgreSQL needs Linux on x86-64 with glibc; this is %s on %s. Give the URL of a PostgreSQL of your own instead."
              .formatted(system, processor));
    }
  }

  static boolean isSupported(String system, String processor) {
    return system.equals("Linux") && processor.equals("amd64");
  }
}
