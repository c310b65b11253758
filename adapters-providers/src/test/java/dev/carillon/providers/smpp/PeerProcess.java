package dev.carillon.providers.smpp;

import dev.carillon.providers.Witness;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that a test runs beside itself; what it writes is kept line by line.
public final class PeerProcess implements AutoCloseable {
  private final Process process;
  private final Witness<String> lines = new Witness<>();

  /// Starts it.
  public PeerProcess(Path directory, List<String> command) throws IOException {
    process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(lines::see);
    } catch (IOException | UncheckedIOException end) {
      // It has ended.
    }
  }

  /// Waits until it has written so many lines that contain the text, and returns those.
  public List<String> awaitLines(String containing, int count) {
    return lines.await(all -> matching(all, containing).size() >= count).stream()
        .filter(line -> line.contains(containing))
        .toList();
  }

  /// What it has written that contains the text.
  public List<String> lines(String containing) {
    return matching(lines.seen(), containing);
  }

  private static List<String> matching(List<String> all, String containing) {
    return all.stream().filter(line -> line.contains(containing)).toList();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
