package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  @TempDir private Path directory;

  @Test
  void makesAKeyThatStays() throws IOException {
    Path file = directory.resolve("new/webhook-key");

    byte[] first = KeyFile.read(file);

    assertThat(first).hasSize(SecretBox.KEY_LENGTH);
    assertThat(KeyFile.read(file)).isEqualTo(first);
    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThat(KeyFile.read(directory.resolve("other"))).isNotEqualTo(first);
  }

  @Test
  void givesAllWhoStartAtOnceTheSame() throws Exception {
    Path file = directory.resolve("key");
    List<Future<byte[]>> keys = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        keys.add(threads.submit(() -> KeyFile.read(file)));
      }
    }

    for (Future<byte[]> key : keys) {
      assertThat(key.get()).isEqualTo(KeyFile.read(file));
    }
    assertThat(directory).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void refusesAFileWithoutAKey() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "too short\n");

    assertThatThrownBy(() -> KeyFile.read(file)).isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("too short");
  }
}
