package dev.carillon.providers.tokens;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A key set in a file.
final class FileKeys implements KeySource {
  private final Path file;

  FileKeys(Path file) {
    this.file = file;
  }

  @Override
  public String read() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("the key set is larger than " + MOST_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      throw new IOException("there is no file " + file, none);
    }
  }
}
