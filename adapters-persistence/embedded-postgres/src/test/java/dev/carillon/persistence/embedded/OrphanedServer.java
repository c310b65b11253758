package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server that outlives whoever started it, as on a system without parent-death signals.
final class OrphanedServer {
  private OrphanedServer() {}

  static Process start(Cluster cluster, int port) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Workspace.ofThisUser().binaries().program("postgres"),
                "-D",
                cluster.data().toString(),
                "-p",
                Integer.toString(port)));
    command.addAll(new ServerSettings(Durability.KEPT, Map.of()).asOptions());
    Process process =
        Command.builder(Unprivileged.command(command))
            .redirectErrorStream(true)
            .redirectOutput(cluster.log().toFile())
            .start();
    if (!Poll.until(Duration.ofSeconds(20), () -> isReady(cluster))) {
      throw new IOException(Files.readString(cluster.log()));
    }
    return process;
  }

  private static boolean isReady(Cluster cluster) throws IOException {
    return Files.exists(cluster.pidFile()) && Files.readString(cluster.pidFile()).contains("ready");
  }
}
