package dev.carillon.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkspaceIT {
  @TempDir Path parent;

  @Test
  void makesADirectoryForItsUserAlone() throws Exception {
    Path directory = PrivateDirectory.at(parent.resolve("own"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(PrivateDirectory.at(directory)).isEqualTo(directory);
  }

  @Test
  void refusesADirectoryThatOthersCanWriteTo() throws Exception {
    Path open = Files.createDirectory(parent.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused(open);
  }

  @Test
  void refusesALinkInPlaceOfADirectory() throws Exception {
    Path elsewhere = PrivateDirectory.at(parent.resolve("elsewhere"));
    assertRefused(Files.createSymbolicLink(parent.resolve("link"), elsewhere));
  }

  @Test
  void unpacksOnceForAllWhoComeAtOnce() throws Exception {
    Callable<Binaries> unpacking = () -> Binaries.in(parent);
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (Future<Binaries> unpacked : threads.invokeAll(List.of(unpacking, unpacking))) {
        assertThat(unpacked.get().majorVersion()).isEqualTo("18");
      }
    }
    assertThat(names(parent))
        .hasSize(2)
        .allMatch(name -> name.matches("programs-.*|unpacking.lock"));
  }

  @Test
  void unpacksAgainWhenACleanerTookAFile() throws Exception {
    Path victim = Binaries.in(parent).home().resolve("bin/initdb");
    Files.delete(victim);
    Binaries.in(parent);
    assertThat(victim).isExecutable();
  }

  @Test
  void keepsTheFilesItUnpackedBefore() throws Exception {
    Path file = Binaries.in(parent).home().resolve("bin/initdb");
    Object before = Files.getAttribute(file, "unix:ino");
    Binaries.in(parent);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
  }

  @Test
  void sweepsWhatKilledProcessesLeftAndNothingElse() throws Exception {
    Workspace workspace = new Workspace(parent);
    Path abandoned = aged(workspace.newTemporary());
    Path young = workspace.newTemporary();
    Path held = workspace.newTemporary();
    try (DirectoryLock owner = DirectoryLock.acquire(held)) {
      aged(held);
      workspace.sweep();
      assertThat(owner.directory()).exists();
    }
    assertThat(abandoned).doesNotExist();
    assertThat(young).exists();
  }

  private static Path aged(Path directory) throws Exception {
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    return Files.setLastModifiedTime(directory, longAgo);
  }

  private static void assertRefused(Path directory) {
    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> PrivateDirectory.at(directory))
        .withMessageContaining(directory.toString());
  }

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
