package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Brings a cluster up: ends what was left over of it, then starts a server that a terminal's
/// Ctrl-C does not reach and that the death of this JVM does.
record Launcher(Binaries binaries, Cluster cluster, ServerSettings settings) {
  private static final int ATTEMPTS = 5;

  /// A ready server and the port it listens on.
  record Launched(ServerProcess process, int port) {}

  /// Starts on the given port, or on any free one for [EmbeddedPostgres#ANY_PORT].
  Launched launch(int wantedPort) throws IOException, InterruptedException {
    new LeftOverProcesses(cluster).stop();
    int attemptsLeft = wantedPort == EmbeddedPostgres.ANY_PORT ? ATTEMPTS : 1;
    while (true) {
      int port = wantedPort == EmbeddedPostgres.ANY_PORT ? freePort() : wantedPort;
      attemptsLeft--;
      try {
        return new Launched(ServerProcess.start(cluster, command(port)), port);
      } catch (ServerDiedAtStartException e) {
        if (!e.isPortTaken() || attemptsLeft == 0) {
          throw e;
        }
      }
    }
  }

  /// Order matters: the parent-death signal is cleared by entering a namespace (prctl(2),
  /// PR_SET_PDEATHSIG), so it is set last.
  private List<String> command(int port) throws IOException, InterruptedException {
    List<String> server = new ArrayList<>();
    if (isInstalled("setpriv")) {
      server.addAll(List.of("setpriv", "--pdeathsig", "INT"));
    }
    server.add(binaries.program("postgres"));
    server.addAll(List.of("-D", cluster.data().toString(), "-p", Integer.toString(port)));
    server.addAll(settings.asOptions());
    List<String> command = new ArrayList<>();
    if (isInstalled("setsid")) {
      command.add("setsid");
    }
    command.addAll(Unprivileged.command(server));
    return command;
  }

  private static boolean isInstalled(String program) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin")
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
