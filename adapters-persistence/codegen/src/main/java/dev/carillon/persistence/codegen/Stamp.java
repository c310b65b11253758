package dev.carillon.persistence.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Constants;

/// Remembers beside the generated classes what they were made of, so that nothing is generated
/// twice.
record Stamp(Path file, String fingerprint) {
  static Stamp of(Path migrations, Path output, String packageName) throws IOException {
    MessageDigest digest = sha256();
    add(digest, Constants.FULL_VERSION, packageName);
    digest.update(generator());
    for (Path file : files(migrations)) {
      add(digest, migrations.relativize(file).toString());
      digest.update(Files.readAllBytes(file));
    }
    String fingerprint = HexFormat.of().formatHex(digest.digest());
    return new Stamp(output.resolveSibling(output.getFileName() + ".stamp"), fingerprint);
  }

  boolean isCurrent() throws IOException {
    return Files.exists(file) && Files.readString(file).equals(fingerprint);
  }

  void write() throws IOException {
    Files.writeString(file, fingerprint);
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  // The generator's settings are in its code.
  private static byte[] generator() throws IOException {
    try (InputStream code = GenerateJooq.class.getResourceAsStream("GenerateJooq.class")) {
      return requireNonNull(code).readAllBytes();
    }
  }

  private static List<Path> files(Path migrations) throws IOException {
    try (Stream<Path> walk = Files.walk(migrations)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void add(MessageDigest digest, String... parts) {
    for (String part : parts) {
      digest.update((part + "\0").getBytes(UTF_8));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
