package dev.carillon.benchmarks.upload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An [UploadClient] in a process of its own, so that it can die as clients do. It ends with this
/// process at the latest.
final class ClientProcess implements AutoCloseable {
  private final Process process;
  private final Path output;
  private final Thread ending;

  private ClientProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.ending = new Thread(process::destroyForcibly, "client-ending");
    Runtime.getRuntime().addShutdownHook(ending);
  }

  static ClientProcess start(Path output, int port, String apiKey, String bulkId, UploadPlan plan)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                UploadClient.class.getName(),
                Integer.toString(port),
                bulkId,
                Integer.toString(plan.recipients()),
                Integer.toString(plan.chunk())));
    builder.environment().put(UploadClient.KEY, apiKey);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new ClientProcess(builder.start(), output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Ends it as a power cut would (SIGKILL). False when it had ended by itself.
  boolean kill() throws InterruptedException {
    boolean lived = process.isAlive();
    process.destroyForcibly();
    process.waitFor();
    return lived;
  }

  /// Waits until it has uploaded the rest; throws when it could not.
  void awaitEnd() throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw new IOException(
          "the client gave up: " + Files.readString(output, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException ignored) {
      return; // this process is ending, and the hook runs
    }
  }
}
