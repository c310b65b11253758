package dev.carillon.persistence.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A JVM of its own that runs a server until it is killed.
record KilledJvm(Process process, long serverPid) implements AutoCloseable {
  private static final String READY = "ready ";

  /// Starts a server on the directory, stores one row through it, and keeps it.
  static KilledJvm start(Path directory) throws IOException {
    Process process = jvm(KilledJvm.class, directory.toString()).start();
    return new KilledJvm(process, serverPid(process.inputReader()));
  }

  public static void main(String[] arguments) throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.persistent(Path.of(arguments[0]));
    Rows.in(postgres).add();
    System.out.println(READY + postgres.pid());
    Thread.currentThread().join();
  }

  long pid() {
    return process.pid();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  static ProcessBuilder jvm(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-classpath", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static long serverPid(BufferedReader output) throws IOException {
    List<String> lines = output.lines().limit(1).toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith(READY)) {
      throw new IOException("the child did not start a server: " + lines);
    }
    return Long.parseLong(lines.getFirst().substring(READY.length()));
  }
}
