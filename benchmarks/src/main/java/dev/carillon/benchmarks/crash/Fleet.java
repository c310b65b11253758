package dev.carillon.benchmarks.crash;

import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.domain.business.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The nodes: each in its own place with its own carrier log, whatever process is in it. When it is
/// closed, or this process is asked to end, all of them are killed and the logs deleted.
final class Fleet implements AutoCloseable {
  private static final Path SCRATCH_PARENT = Path.of(".carillon");
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(20);

  private final Postgres postgres;
  private final CrashSettings settings;
  private final Path directory;
  private final List<Node> nodes = new ArrayList<>();
  private final TreeSet<String> errors = new TreeSet<>();
  private NodeClient.@Nullable Keys keys;
  private boolean closed;
  private int turn;
  private int lives;

  private Fleet(Postgres postgres, CrashSettings settings, Path directory) {
    this.postgres = postgres;
    this.settings = settings;
    this.directory = directory;
  }

  /// One without nodes. Carrier logs go to a scratch directory below ./.carillon.
  static Fleet empty(Postgres postgres, CrashSettings settings) throws IOException {
    Files.createDirectories(SCRATCH_PARENT);
    Path directory = Files.createTempDirectory(SCRATCH_PARENT, "crash-").toAbsolutePath();
    Fleet fleet = new Fleet(postgres, settings, directory);
    Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "nodes-cleanup"));
    return fleet;
  }

  /// Has a first node make the tables, and end in good order; then makes keys.
  void prepare() throws IOException, InterruptedException, SQLException {
    Map<String, String> environment = settings.environment(postgres.access(), carrierLog(0));
    add(Node.startFirst(output(), environment, archive()));
    awaitServing();
    endLast();
    Businesses businesses = new Businesses(postgres);
    keys =
        new NodeClient.Keys(
            businesses.add("Crash test"), businesses.add("Operator", Role.OPERATOR.name()));
  }

  /// Starts or ends nodes until there are so many, and waits until all of them serve. Those that
  /// are too many are asked to end, and must do so.
  void resize(int count) throws IOException, InterruptedException {
    while (nodes.size() > count) {
      endLast();
    }
    while (nodes.size() < count) {
      add(start(nodes.size()));
    }
    awaitServing();
  }

  /// Kills (-9) the nodes in these places; how many of them were alive.
  int kill(Collection<Integer> places) throws IOException, InterruptedException {
    int killed = 0;
    for (int place : places) {
      Node node = nodes.get(place);
      killed += node.kill() ? 1 : 0;
      errors.addAll(node.errors());
    }
    return killed;
  }

  /// Starts new processes in these places, and does not wait for them.
  void restart(Collection<Integer> places) throws IOException {
    for (int place : places) {
      replace(place, start(place));
    }
  }

  /// Waits until every node serves.
  void awaitServing() throws IOException, InterruptedException {
    for (Node node : nodes) {
      node.awaitServing(START);
    }
  }

  /// A client of a node that serves, of another one each time; empty while none does.
  Optional<NodeClient> client() throws IOException {
    NodeClient.Keys own = keys;
    turn++;
    for (int i = 0; own != null && i < nodes.size(); i++) {
      Node node = nodes.get((turn + i) % nodes.size());
      if (node.isServing()) {
        return Optional.of(node.client(own));
      }
    }
    return Optional.empty();
  }

  /// Where the carriers of all nodes write down what they were handed; more files than there are
  /// nodes when there were more.
  Path carrierLog(int place) {
    return directory.resolve("carrier-" + place + ".log");
  }

  /// The errors that any node logged.
  List<String> errors() throws IOException {
    for (Node node : nodes) {
      errors.addAll(node.errors());
    }
    return List.copyOf(errors);
  }

  /// What each node wrote last.
  String printed() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int place = 0; place < nodes.size(); place++) {
      text.append("--- node ").append(place).append('\n');
      text.append(nodes.get(place).tail()).append('\n');
    }
    return text.toString();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    nodes.forEach(Node::close);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endLast() throws IOException, InterruptedException {
    Node last = nodes.getLast();
    last.end(END);
    errors.addAll(last.errors());
    nodes.removeLast();
  }

  private Node start(int place) throws IOException {
    Map<String, String> environment = settings.environment(postgres.access(), carrierLog(place));
    return Node.start(output(), environment, archive());
  }

  /// A file for what the next process prints.
  private Path output() {
    return directory.resolve("node-" + lives++ + ".out");
  }

  private Path archive() {
    return directory.resolve("classes.jsa");
  }

  private synchronized void add(Node node) {
    nodes.add(node);
    closeIfLate(node);
  }

  private synchronized void replace(int place, Node node) {
    nodes.set(place, node);
    closeIfLate(node);
  }

  /// One that was started while all were being closed.
  private void closeIfLate(Node node) {
    if (closed) {
      node.close();
    }
  }
}
