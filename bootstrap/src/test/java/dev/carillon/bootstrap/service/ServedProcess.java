package dev.carillon.bootstrap.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The real service in a process of its own: `serve`, as the launcher runs it.
public final class ServedProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("serves at 127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern KEY = Pattern.compile("test key +(sk_test_\\S+)");
  private static final Pattern OPERATOR = Pattern.compile("operator key +(sk_test_\\S+)");
  private static final Pattern STARTED = Pattern.compile("started in +([0-9.]+) s");
  private static final String END_OF_OUTPUT = "(its output has ended)";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(100_000);
  private final List<String> startLines = new ArrayList<>();
  private final int port;
  private final String key;
  private final double startSeconds;

  private ServedProcess(Process process) throws InterruptedException {
    this.process = process;
    Thread.ofVirtual().start(() -> read(process.inputReader()));
    this.port = Integer.parseInt(find(ADDRESS));
    this.key = find(KEY);
    this.startSeconds = Double.parseDouble(find(STARTED));
  }

  /// Starts it, asks it for a fresh key, and returns when it serves.
  public static ServedProcess start(Path directory, Map<String, String> settings)
      throws IOException, InterruptedException {
    return start(directory, settings, "--new-key");
  }

  /// The same with other options, which make a test key at least.
  static ServedProcess start(Path directory, Map<String, String> settings, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(List.of(options));
    ProcessBuilder builder = Commands.of(directory, settings, arguments.toArray(String[]::new));
    builder.environment().put("CARILLON_GRPC_PORT", "0");
    Process process = builder.start();
    try {
      return new ServedProcess(process);
    } catch (InterruptedException | RuntimeException | Error failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  public Client client() {
    return new Client(port, key);
  }

  /// A client with the operator's key that it was asked for.
  Client operator() {
    String key =
        startLines.stream()
            .map(OPERATOR::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .findFirst()
            .orElseThrow();
    return new Client(port, key);
  }

  /// What it wrote until it served.
  List<String> startLines() {
    return List.copyOf(startLines);
  }

  /// Where it serves.
  public int port() {
    return port;
  }

  /// Its process id.
  public long pid() {
    return process.pid();
  }

  public double startSeconds() {
    return startSeconds;
  }

  /// What it has written since the banner, or what it writes next, up to a line with the text.
  public List<String> readTo(String text) throws InterruptedException {
    List<String> read = new ArrayList<>();
    String line = "";
    while (!line.contains(text) && !line.equals(END_OF_OUTPUT)) {
      line = next();
      read.add(line);
    }
    return read;
  }

  /// Kills it as a power cut would.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// Asks it to end (TERM) and returns its exit code.
  public int end() throws InterruptedException {
    // Not Process.destroy, which closes its output too.
    process.toHandle().destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end within a minute");
    }
    return process.exitValue();
  }

  /// Asks it to end, so that its PostgreSQL ends with it and leaves the directory alone; kills it
  /// after a minute.
  @Override
  public void close() {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException broken) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String find(Pattern pattern) throws InterruptedException {
    StringBuilder seen = new StringBuilder();
    while (true) {
      String line = next();
      startLines.add(line);
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
      seen.append(line).append('\n');
      if (line.equals(END_OF_OUTPUT)) {
        throw new AssertionError("it did not come up:\n" + seen);
      }
    }
  }

  private String next() throws InterruptedException {
    String line = lines.poll(60, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("it wrote nothing for a minute");
    }
    return line;
  }

  private void read(BufferedReader output) {
    try (output) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException killed) {
      // The end of its output, told below.
    } finally {
      lines.add(END_OF_OUTPUT);
    }
  }
}
