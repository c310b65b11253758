package dev.carillon.benchmarks.builds;

import dev.carillon.benchmarks.postgres.PostgresAccess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A checkout that is built. What is run of it is its own `endtoend`, by a process with its own
/// class path, so that it may be of any age.
///
/// @param name what it is called in print
/// @param directory the top of the checkout
public record Build(String name, Path directory) {
  private static final List<String> CLASSES =
      List.of("benchmarks/target", "bootstrap/target", "bootstrap/target/lib");
  private static final String MAIN = "dev.carillon.benchmarks.Main";

  /// A checkout, which must have been built.
  public Build {
    for (String each : CLASSES) {
      if (!Files.isDirectory(directory.resolve(each))) {
        throw new IllegalArgumentException(
            directory + " is not built: mvn -DskipTests package makes " + each);
      }
    }
  }

  /// Accepts and dispatches on a database of its own.
  public EndToEndFigures run(PostgresAccess access, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx512m",
            "-cp",
            classPath(),
            MAIN,
            "endtoend",
            "--jdbc-url=" + access.jdbcUrl(),
            "--user=" + access.user()));
    command.addAll(options);
    return EndToEndFigures.parse(output(command, access.password()));
  }

  private String output(List<String> command, String password)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("PGPASSWORD", password);
    Process process = builder.redirectErrorStream(true).start();
    Thread ending = new Thread(process::destroyForcibly, "build-ending");
    Runtime.getRuntime().addShutdownHook(ending);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(name + " failed: " + output);
    }
    Runtime.getRuntime().removeShutdownHook(ending);
    return output;
  }

  private String classPath() {
    return String.join(
        File.pathSeparator,
        CLASSES.stream().map(each -> directory.resolve(each).toAbsolutePath() + "/*").toList());
  }
}
