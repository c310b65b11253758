package dev.carillon.persistence;

import dev.carillon.application.port.HistoryNotes;
import dev.carillon.application.port.StoreWitness.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes about the store's history in a small file, written as a whole. It is worth something where
/// it does not come back with the database: not in its data directory, nor in its backup. One
/// thread writes it.
public final class FileHistoryNotes implements HistoryNotes {
  private static final Logger LOG = LoggerFactory.getLogger(FileHistoryNotes.class);
  private static final int PARTS = 5;
  private static final String FORMAT = "carillon-history-1";

  private final Path file;
  private final Path directory;
  private boolean failing;

  /// Notes in this file; its directory is made when it is first written.
  public FileHistoryNotes(Path file) {
    this.file = file;
    this.directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "no file");
  }

  @Override
  public Optional<Note> read() {
    try {
      return Files.exists(file)
          ? parse(Files.readString(file, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      LOG.warn("{} cannot be read, so it is no evidence of the database's past", file, e);
      return Optional.empty();
    }
  }

  /// A note that cannot be written is left out: the one before it is still true, and dispatch goes
  /// on.
  @Override
  public void write(Note note) {
    History history = note.history();
    String text =
        String.join(
            " ",
            FORMAT,
            history.system().isEmpty() ? "-" : history.system(),
            Long.toString(history.timeline()),
            Long.toString(history.position()),
            note.at().toString());
    try {
      replaceBy(text + "\n");
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("{} cannot be written, so it tells less and less of the database's past", file, e);
      }
      failing = true;
    }
  }

  private void replaceBy(String text) throws IOException {
    Files.createDirectories(directory);
    Path written = Files.createTempFile(directory, ".history", ".new");
    try {
      Files.writeString(written, text, StandardCharsets.UTF_8);
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private Optional<Note> parse(String text) {
    String[] parts = text.strip().split(" ", -1);
    if (parts.length == PARTS && parts[0].equals(FORMAT)) {
      try {
        History history =
            new History(
                parts[1].equals("-") ? "" : parts[1],
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]));
        return Optional.of(new Note(history, Instant.parse(parts[4])));
      } catch (NumberFormatException | DateTimeException broken) {
        LOG.debug("broken note", broken);
      }
    }
    LOG.warn("{} is not readable, so it is no evidence of the database's past", file);
    return Optional.empty();
  }
}
