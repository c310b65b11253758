package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The unpacked PostgreSQL programs: unpacked once per user and version, shared by all instances.
record Binaries(Path home) {
  private static final Pattern MAJOR = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
  private static final String COMPLETE = "files-unpacked";

  /// Unpacks the programs below the cache unless they are there, whole, already. Several processes
  /// may do so at once.
  static synchronized Binaries in(Path cache) throws IOException {
    Archive archive = Archive.onClassPath();
    Path home = cache.resolve("programs-" + archive.id());
    try (FileChannel lock =
        FileChannel.open(
            cache.resolve("unpacking.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      if (!isComplete(home)) {
        unpack(archive, home);
      }
    }
    return new Binaries(home);
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /// The major version as `PG_VERSION` states it, e.g. `18`.
  String majorVersion() throws IOException, InterruptedException {
    String version = Command.run(List.of(program("postgres"), "--version"));
    Matcher matcher = MAJOR.matcher(version);
    if (!matcher.find()) {
      throw new EmbeddedPostgresException("Not a PostgreSQL version: " + version);
    }
    return matcher.group(1);
  }

  /// Cleaners of temporary directories delete old files one by one, so each start counts them.
  private static boolean isComplete(Path home) throws IOException {
    Path marker = home.resolve(COMPLETE);
    return Files.exists(marker) && Files.readString(marker).equals(Long.toString(count(home) - 1));
  }

  private static long count(Path home) throws IOException {
    try (Stream<Path> walk = Files.walk(home)) {
      return walk.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).count();
    }
  }

  private static void unpack(Archive archive, Path home) throws IOException {
    Path fresh = home.resolveSibling("unpacking");
    Trees.delete(fresh);
    Files.createDirectory(fresh);
    int files = archive.unpackTo(fresh);
    Files.writeString(fresh.resolve(COMPLETE), Integer.toString(files));
    Trees.delete(home);
    Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
  }
}
