package dev.carillon.benchmarks.crash;

import dev.carillon.benchmarks.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One life of a node, and this process's connection to it.
final class Node implements AutoCloseable {
  private static final Pattern ERROR = Pattern.compile("^\\S+ ERROR ");
  private static final int LINES_SHOWN = 60;
  private static final int ERRORS_KEPT = 20;

  private final NodeProcess process;
  private @Nullable NodeClient client;

  private Node(NodeProcess process) {
    this.process = process;
  }

  /// Starts one that leaves its loaded classes in the archive when it ends, where that is possible.
  /// Does not wait.
  static Node startFirst(Path output, Map<String, String> environment, Path archive)
      throws IOException {
    return start(output, environment, "-XX:ArchiveClassesAtExit=" + archive);
  }

  /// Starts one, with the classes of the archive if that is there. Does not wait.
  static Node start(Path output, Map<String, String> environment, Path archive) throws IOException {
    return start(output, environment, "-XX:SharedArchiveFile=" + archive);
  }

  private static Node start(Path output, Map<String, String> environment, String archiving)
      throws IOException {
    List<String> options = new ArrayList<>();
    options.add("-XX:TieredStopAtLevel=1");
    options.add("-XX:+UseSerialGC");
    options.add("-Xmx192m");
    if (NodeProcess.canShareClasses()) {
      options.add(archiving);
      options.add("-Xlog:disable");
    }
    return new Node(NodeProcess.start(output, environment, options));
  }

  /// Waits until it serves; throws a [CrashViolation] when it ended, or the time was over, before.
  void awaitServing(Duration most) throws IOException, InterruptedException {
    try {
      process.awaitPort(most);
    } catch (IOException | TimeoutException e) {
      throw new CrashViolation("a node did not come up; it wrote:\n" + tail(), e);
    }
  }

  boolean isServing() throws IOException {
    return process.port().isPresent();
  }

  /// The client of this life of the node, which serves.
  synchronized NodeClient client(NodeClient.Keys keys) throws IOException {
    NodeClient open = client;
    OptionalInt port = process.port();
    if (open == null) {
      open = new NodeClient(port.orElseThrow(), keys);
      client = open;
    }
    return open;
  }

  /// Kills it as a power cut would; false when it had ended by itself.
  boolean kill() throws InterruptedException {
    boolean lived = process.kill();
    close();
    return lived;
  }

  /// Asks it to end; throws a [CrashViolation] when it does not, or not well.
  void end(Duration most) throws IOException, InterruptedException {
    try {
      int code = process.stop(most);
      if (code != 0) {
        throw new CrashViolation("a node ended with " + code + ":\n" + tail());
      }
    } catch (TimeoutException e) {
      throw new CrashViolation("a node did not end when asked to:\n" + tail(), e);
    }
    close();
  }

  /// What it wrote last.
  String tail() throws IOException {
    List<String> lines = process.printed().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
  }

  /// The errors that it logged, the first few.
  List<String> errors() throws IOException {
    return process
        .printed()
        .lines()
        .filter(line -> ERROR.matcher(line).find())
        .limit(ERRORS_KEPT)
        .toList();
  }

  /// Kills it if it is still there.
  @Override
  public synchronized void close() {
    process.closeAtOnce();
    NodeClient open = client;
    if (open != null) {
      open.close();
      client = null;
    }
  }
}
