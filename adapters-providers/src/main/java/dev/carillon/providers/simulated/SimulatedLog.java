package dev.carillon.providers.simulated;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.message.MessageRef;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the simulated carrier was handed, one line each, written before a message counts as handed
/// over: when [#append] returns, the lines survive the end of this process, and, if forced, that of
/// the machine. One process at a time may write a file.
///
/// A line is, with one blank between: time (ISO 8601, UTC), reference (`job.chunk.position`),
/// attempt, SHA-256 of address and content (hexadecimal), and `TAKEN` or `REFUSED`, the latter for
/// whatever the carrier did not take; and `POSSIBLE_DUPLICATE` for what was handed over as such.
public final class SimulatedLog implements AutoCloseable {
  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+) (\\d+\\.\\d+\\.\\d+) (\\d+) ([0-9a-f]{64}) (TAKEN|REFUSED)("
              + " POSSIBLE_DUPLICATE)?");

  /// Of a line, as far as every line has them.
  private static final int FIELDS = 5;

  private final Path path;

  /// Not a channel, which an interrupt of a worker would close.
  private final FileOutputStream file;

  private final boolean forced;

  private SimulatedLog(Path path, FileOutputStream file, boolean forced) {
    this.path = path;
    this.file = file;
    this.forced = forced;
  }

  /// Opens the log at its end and makes the file if there is none. A last line that was cut off
  /// when its process ended is removed: what it stands for was never handed over.
  static SimulatedLog open(Path path, boolean forced) throws IOException {
    cutTornLine(path);
    return new SimulatedLog(path, new FileOutputStream(path.toFile(), true), forced);
  }

  /// Every hand-over in the file, in the order in which they were written. A last line without its
  /// end is left out; any other line that is none is an [IOException].
  public static List<Entry> read(Path path) throws IOException {
    String text = Files.readString(path, StandardCharsets.US_ASCII);
    List<Entry> entries = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      entries.add(entry(line));
    }
    return entries;
  }

  /// Of these references the latest attempt that was taken, by reference; those that were not taken
  /// are left out. Reads the file line by line and keeps none of it.
  static Map<MessageRef, Integer> taken(Path path, Collection<MessageRef> refs) throws IOException {
    Map<String, MessageRef> wanted = new HashMap<>();
    refs.forEach(ref -> wanted.put(ref.toString(), ref));
    Map<MessageRef, Integer> taken = new HashMap<>();
    try (Stream<String> lines = Files.lines(path, StandardCharsets.US_ASCII)) {
      lines.forEach(line -> {
        String[] parts = line.split(" ", FIELDS);
        MessageRef ref = parts.length >= FIELDS ? wanted.get(parts[1]) : null;
        if (ref != null && parts[FIELDS - 1].startsWith("TAKEN")) {
          taken.merge(ref, Integer.parseInt(parts[2]), Math::max);
        }
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return taken;
  }

  /// Writes the hand-overs down, all or, if it throws, none.
  synchronized void append(List<Entry> entries) throws IOException {
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append(entry.line()).append('\n'));
    long end = Files.size(path);
    try {
      file.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
      if (forced) {
        file.getFD().sync();
      }
    } catch (IOException e) {
      cut(end, e);
      throw e;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }

  private void cut(long end, IOException cause) {
    try (FileChannel written = FileChannel.open(path, StandardOpenOption.WRITE)) {
      written.truncate(end);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static Entry entry(String line) throws IOException {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IOException("not a line of a hand-over log");
    }
    return new Entry(
        Instant.parse(parts.group(1)),
        MessageRef.parse(parts.group(2)).orElseThrow(() -> new IOException("not a reference")),
        Integer.parseInt(parts.group(3)),
        parts.group(4),
        parts.group(5).equals("TAKEN"),
        parts.group(6) != null);
  }

  private static void cutTornLine(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = file.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      while (end > 0 && file.read(last.clear(), end - 1) == 1 && last.get(0) != '\n') {
        end--;
      }
      file.truncate(end);
    }
  }

  /// One hand-over.
  ///
  /// @param attempt 1 for the first; the same again when the carrier was too busy
  /// @param digest SHA-256 of address and content, in hexadecimal
  /// @param taken whether the carrier took it, answered or not
  /// @param possibleDuplicate whether the carrier was told that it may have it already
  public record Entry(
      Instant at,
      MessageRef ref,
      int attempt,
      String digest,
      boolean taken,
      boolean possibleDuplicate) {
    static Entry of(OutboundMessage message, boolean taken, Instant at) {
      return new Entry(
          at,
          message.ref(),
          message.attempt(),
          MessageDigests.of(message),
          taken,
          message.possibleDuplicate());
    }

    private String line() {
      String verdict = taken ? "TAKEN" : "REFUSED";
      String flag = possibleDuplicate ? " POSSIBLE_DUPLICATE" : "";
      return at + " " + ref + " " + attempt + " " + digest + " " + verdict + flag;
    }
  }
}
