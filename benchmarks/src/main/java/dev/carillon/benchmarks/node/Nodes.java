package dev.carillon.benchmarks.node;

import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.HouseSettings;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// Equal nodes over one PostgreSQL, each a process of its own whose carrier keeps a log of its own.
/// Closed, they are stopped and their logs deleted.
public final class Nodes implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofMinutes(1);

  private final ScratchDirectory directory;
  private final List<NodeProcess> processes = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final List<Map<String, String>> environments = new ArrayList<>();
  private final int heapMebibytes;

  private Nodes(ScratchDirectory directory, int heapMebibytes) {
    this.directory = directory;
    this.heapMebibytes = heapMebibytes;
  }

  /// Starts so many, one after the other, and returns when all serve.
  ///
  /// @param heapMebibytes of each
  /// @param overrides configuration on top of the settings
  public static Nodes start(
      Postgres postgres,
      HouseSettings settings,
      int count,
      int heapMebibytes,
      Map<String, String> overrides)
      throws IOException, InterruptedException, TimeoutException {
    Nodes nodes = new Nodes(ScratchDirectory.create("nodes-"), heapMebibytes);
    try {
      for (int number = 0; number < count; number++) {
        Map<String, String> environment = new HashMap<>(settings.environment(postgres.access()));
        environment.put("CARILLON_SIMULATED_LOG_FILE", nodes.log(number).toString());
        environment.putAll(overrides);
        nodes.environments.add(environment);
        NodeProcess process = nodes.start(number);
        nodes.processes.add(process);
        nodes.ports.add(process.awaitPort(START_WITHIN));
      }
      return nodes;
    } catch (IOException | InterruptedException | TimeoutException | RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  /// Starts one that was killed again in its place, and returns when it serves; its port.
  public int restart(int number) throws IOException, InterruptedException, TimeoutException {
    NodeProcess process = start(number);
    processes.set(number, process).close();
    ports.set(number, process.awaitPort(START_WITHIN));
    return ports.get(number);
  }

  /// With the collector and the headers that the launcher chooses.
  private NodeProcess start(int number) throws IOException {
    return NodeProcess.start(
        directory.path().resolve("node-" + number + ".out"),
        environments.get(number),
        List.of("-Xmx" + heapMebibytes + "m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
  }

  /// A client with a connection of its own to one of them.
  public HouseClient client(int number, String apiKey) {
    return HouseClient.at(ports.get(number), apiKey);
  }

  /// The port that one of them serves at.
  public int port(int number) {
    return ports.get(number);
  }

  public NodeProcess process(int number) {
    return processes.get(number);
  }

  /// CPU that all of them have used so far, in seconds.
  public double cpuSeconds() {
    return processes.stream().mapToLong(each -> each.cpu().toMillis()).sum() / 1_000.0;
  }

  /// The part of it that their JIT compilers were seen to have used.
  public double compilerSeconds() throws IOException {
    double seconds = 0;
    for (NodeProcess process : processes) {
      seconds += process.compilerSeconds();
    }
    return seconds;
  }

  /// The hand-over logs of all.
  public List<HandOverLog> logs() {
    List<HandOverLog> logs = new ArrayList<>();
    for (int number = 0; number < processes.size(); number++) {
      logs.add(new HandOverLog(log(number)));
    }
    return logs;
  }

  @Override
  public void close() {
    processes.forEach(NodeProcess::close);
    directory.close();
  }

  private Path log(int number) {
    return directory.path().resolve("node-" + number + ".log");
  }
}
