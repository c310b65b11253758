package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.HistoryNotes.Note;
import dev.carillon.application.port.StoreWitness.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileHistoryNotesTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456789Z");

  @TempDir private Path directory;

  @Test
  void readsWhatWasWrittenLast() throws IOException {
    FileHistoryNotes notes = new FileHistoryNotes(directory.resolve("deep/history"));
    Note second = new Note(new History("7001", 3, 4_000_000_000L), AT);

    notes.write(new Note(new History("7001", 2, 5), AT));
    notes.write(second);

    assertThat(notes.read()).contains(second);
    try (Stream<Path> files = Files.list(directory.resolve("deep"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void keepsAServerThatDoesNotTellWhichItIs() {
    FileHistoryNotes notes = new FileHistoryNotes(directory.resolve("history"));
    Note note = new Note(new History("", 1, 5), AT);

    notes.write(note);

    assertThat(notes.read()).contains(note);
  }

  @Test
  void noFileIsNoEvidence() {
    assertThat(new FileHistoryNotes(directory.resolve("history")).read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "carillon-history-1 7001 1",
        "carillon-history-1 7001 one 5 2026-03-01T10:00:00Z",
        "carillon-history-1 7001 1 5 yesterday",
        "carillon-history-2 7001 1 5 2026-03-01T10:00:00Z"
      })
  void aBrokenFileIsNoEvidence(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("history"), text);

    assertThat(new FileHistoryNotes(file).read()).isEmpty();
  }

  @Test
  void keepsWhatItHasWhenItCannotWrite() throws IOException {
    Path file = directory.resolve("history");
    Files.createDirectories(file.resolve("occupied"));

    new FileHistoryNotes(file).write(new Note(new History("7001", 2, 5), AT));

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aDirectoryInItsPlaceIsNoEvidence() {
    assertThat(new FileHistoryNotes(directory).read()).isEmpty();
  }
}
