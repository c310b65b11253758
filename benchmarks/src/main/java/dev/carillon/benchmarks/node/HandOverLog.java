package dev.carillon.benchmarks.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// What one node's simulated carrier wrote down, read line by line, so that a log of millions needs
/// no memory. The form of a line is told in docs/simulated-carrier.md.
///
/// @param path of a file, which may still be written
public record HandOverLog(Path path) {
  private static final Pattern BLANK = Pattern.compile(" ");
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final String DUPLICATE = "POSSIBLE_DUPLICATE";
  private static final int FIELDS = 5;

  /// Tells each hand-over in the order in which it was written. A last line that is not finished,
  /// as a killed node leaves it, is left out.
  public void forEach(Consumer<HandOver> tell) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.US_ASCII)) {
      String line = lines.readLine();
      while (line != null) {
        String next = lines.readLine();
        if (next != null || isFinished(line)) {
          tell.accept(handOver(line));
        }
        line = next;
      }
    }
  }

  private static boolean isFinished(String line) {
    return line.endsWith(" TAKEN") || line.endsWith(" REFUSED") || line.endsWith(" " + DUPLICATE);
  }

  private static HandOver handOver(String line) {
    String[] fields = BLANK.split(line, -1);
    String[] reference = DOT.split(fields[1], -1);
    boolean again = fields.length == FIELDS + 1 && fields[FIELDS].equals(DUPLICATE);
    if ((fields.length != FIELDS && !again) || reference.length != 3) {
      throw new IllegalArgumentException("not a line of a hand-over log");
    }
    return new HandOver(
        Instant.parse(fields[0]),
        Long.parseLong(reference[0]),
        Integer.parseInt(reference[2]),
        fields[4].equals("TAKEN"));
  }

  /// One hand-over.
  ///
  /// @param at by the carrier's clock
  /// @param job the number of its job inside the house
  /// @param position in the job
  /// @param taken whether the carrier took it
  public record HandOver(Instant at, long job, int position, boolean taken) {}
}
