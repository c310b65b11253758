package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/// A database cluster on disk: PostgreSQL's data and, beside them, the password they were made
/// with. Both come into being by one rename, so a kill at any moment leaves either both or neither.
record Cluster(Path directory) {
  static final String USER = "carillon";

  private static final int PASSWORD_BYTES = 18;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// That of a data directory, which need not be there yet.
  static Cluster in(Path dataDirectory) {
    return new Cluster(dataDirectory.resolve("cluster"));
  }

  /// Makes the cluster unless it is there, and then checks that it is whole and that these programs
  /// can read it. Its lock must be held.
  void prepare(Binaries binaries, Durability durability) throws IOException, InterruptedException {
    if (Files.exists(directory)) {
      requireWhole();
      requireVersion(binaries.majorVersion());
    } else {
      create(binaries, durability);
    }
  }

  Path data() {
    return directory.resolve("data");
  }

  Path log() {
    return directory.resolve("postgres.log");
  }

  Path pidFile() {
    return data().resolve("postmaster.pid");
  }

  String password() throws IOException {
    return Files.readString(passwordFile());
  }

  private Path versionFile() {
    return data().resolve("PG_VERSION");
  }

  private Path passwordFile() {
    return directory.resolve("password");
  }

  /// The files without which PostgreSQL cannot know its data, and we cannot log in.
  private void requireWhole() {
    Path control = data().resolve("global/pg_control");
    for (Path needed : List.of(passwordFile(), versionFile(), control)) {
      if (!Files.isReadable(needed)) {
        throw new DataDirectoryException(
            "The data in %s are not whole: %s is missing or cannot be read. Put them back from a backup, or choose another directory."
                .formatted(directory, directory.relativize(needed)));
      }
    }
  }

  private void requireVersion(String binaries) throws IOException {
    String version = Files.readString(versionFile()).strip();
    if (!version.equals(binaries)) {
      throw new EmbeddedPostgresException(
          "The data in %s are of PostgreSQL %s, this release brings PostgreSQL %s. Move them with pg_upgrade or pg_dump, or start with an empty directory."
              .formatted(directory, version, binaries));
    }
  }

  private void create(Binaries binaries, Durability durability)
      throws IOException, InterruptedException {
    Cluster fresh = new Cluster(directory.resolveSibling("cluster.initializing"));
    Trees.delete(fresh.directory);
    Files.createDirectory(fresh.directory, Trees.OWNER_ONLY);
    fresh.writePassword();
    fresh.initdb(binaries, durability);
    Files.move(fresh.directory, directory, StandardCopyOption.ATOMIC_MOVE);
    if (durability == Durability.KEPT) {
      Trees.sync(directory.resolveSibling("").normalize());
    }
  }

  private void writePassword() throws IOException {
    byte[] password = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(password);
    Files.writeString(passwordFile(), HexFormat.of().formatHex(password));
    try (FileChannel channel = FileChannel.open(passwordFile(), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Trees.sync(directory);
  }

  private void initdb(Binaries binaries, Durability durability)
      throws IOException, InterruptedException {
    Command.run(
        Unprivileged.command(
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + data(),
                "--username=" + USER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                durability.initdbOption())));
  }
}
