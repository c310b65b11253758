package dev.carillon.persistence.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.util.List;

/// Short-lived programs of PostgreSQL and of the system, run to their end.
final class Command {
  private static final File NULL = new File("/dev/null");

  private Command() {}

  /// The program's output; its failure is an [EmbeddedPostgresException] that quotes it.
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = builder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new EmbeddedPostgresException(
          "%s failed:%n%s".formatted(String.join(" ", command), output));
    }
    return output;
  }

  /// A builder without the caller's PG* variables, which would point the programs elsewhere.
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(NULL));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("TZ", "UTC");
    return builder;
  }

  /// Signals by the shell's own kill: slim images have no such program, and Java knows only TERM,
  /// on which PostgreSQL waits for its clients. A process that is gone already is no failure.
  static void signal(String name, long pid) throws IOException {
    new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\" 2>&-", name, Long.toString(pid))
        .start()
        .onExit()
        .join();
  }
}
