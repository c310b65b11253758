package dev.carillon.bootstrap.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Commands of Carillon in processes of their own, as the launcher runs them.
final class Commands {
  private Commands() {}

  /// Not started yet; both outputs are one.
  ///
  /// @param settings by the names of their environment variables; there are no others
  static ProcessBuilder of(Path directory, Map<String, String> settings, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-classpath",
                System.getProperty("java.class.path"),
                "dev.carillon.bootstrap.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
    builder.environment().putAll(settings);
    return builder;
  }

  /// Runs one to its end.
  static Ended run(Path directory, Map<String, String> settings, String... arguments)
      throws IOException, InterruptedException {
    Process process = of(directory, settings, arguments).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), text);
  }

  /// @param code its exit code
  /// @param text what it wrote
  record Ended(int code, String text) {}
}
