package dev.carillon.providers.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/// The key of webhook secrets in a file that only its owner may read, made at the first start. Who
/// loses it has to rotate the secrets of all endpoints.
public final class KeyFile {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private KeyFile() {}

  /// The key in the file; a new one if there is no such file yet. Of several processes that start
  /// at once all get the same. Throws an IllegalStateException when the file holds no key, an
  /// UncheckedIOException when it cannot be read or made.
  public static byte[] read(Path file) {
    try {
      return existing(file);
    } catch (NoSuchFileException first) {
      return made(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The key that a text holds in Base64. Throws an IllegalArgumentException when it holds none.
  public static byte[] decode(String text) {
    byte[] key = Base64.getDecoder().decode(text.strip());
    if (key.length != SecretBox.KEY_LENGTH) {
      throw new IllegalArgumentException(
          "must be " + SecretBox.KEY_LENGTH + " bytes in Base64 (openssl rand -base64 32)");
    }
    return key;
  }

  private static byte[] existing(Path file) throws IOException {
    String text = Files.readString(file);
    try {
      return decode(text);
    } catch (IllegalArgumentException none) {
      throw new IllegalStateException(file + " holds no key of webhook secrets", none);
    }
  }

  private static byte[] made(Path file) {
    byte[] key = new byte[SecretBox.KEY_LENGTH];
    new SecureRandom().nextBytes(key);
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      write(file, Base64.getEncoder().encodeToString(key) + "\n");
      return existing(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Written whole before it has its name, so that nobody finds half of it; who comes second leaves
  /// what is there.
  private static void write(Path file, String text) throws IOException {
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(), file.getFileName().toString(), ".new", OWNER_ONLY);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException second) {
      return;
    } catch (UnsupportedOperationException noLinks) {
      throw new AtomicMoveNotSupportedException(
          draft.toString(), file.toString(), "this file system knows no links");
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
