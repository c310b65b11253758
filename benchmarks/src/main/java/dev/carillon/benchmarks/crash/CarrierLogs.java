package dev.carillon.benchmarks.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the carriers of all nodes say that they were handed: their logs together, each read on from
/// where it was read to before. The format is that of docs/simulated-carrier.md.
final class CarrierLogs {
  private static final String DUPLICATE = "POSSIBLE_DUPLICATE";
  private static final int FIELDS = 5;

  private final Map<Path, Long> read = new TreeMap<>();
  private final Map<Ref, List<HandOver>> handOvers = new HashMap<>();

  /// Reads what was written since. A last line without its end is left for the next time.
  void readOn(Path log) throws IOException {
    if (!Files.exists(log)) {
      return;
    }
    long from = read.getOrDefault(log, 0L);
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size() - from));
      while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
        // Until all of it is there.
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
      int end = text.lastIndexOf('\n') + 1;
      text.substring(0, end).lines().forEach(line -> note(log, line));
      read.put(log, from + end);
    }
  }

  /// Every hand-over of a message, in the order of the logs.
  List<HandOver> of(long job, int position) {
    return handOvers.getOrDefault(new Ref(job, position), List.of());
  }

  private void note(Path log, String line) {
    String[] fields = line.split(" ", -1);
    boolean again = fields.length == FIELDS + 1 && fields[FIELDS].equals(DUPLICATE);
    String[] ref = fields.length == FIELDS || again ? fields[1].split("\\.", -1) : new String[0];
    if (ref.length != 3) {
      throw new CrashViolation("not a line of a hand-over log, in " + log.getFileName());
    }
    handOvers
        .computeIfAbsent(
            new Ref(Long.parseLong(ref[0]), Integer.parseInt(ref[2])), _ -> new ArrayList<>(1))
        .add(
            new HandOver(
                Instant.parse(fields[0]),
                Integer.parseInt(fields[2]),
                fields[4].equals("TAKEN"),
                again));
  }

  /// One line.
  ///
  /// @param attempt which attempt it was
  /// @param taken whether the carrier took the message
  /// @param possibleDuplicate whether it was told that it may have it already
  record HandOver(Instant at, int attempt, boolean taken, boolean possibleDuplicate) {}

  private record Ref(long job, int position) {}
}
