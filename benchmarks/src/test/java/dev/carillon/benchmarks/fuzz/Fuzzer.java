package dev.carillon.benchmarks.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs Jazzer on a target, in a process of its own, since it rewrites the classes that it tries.
final class Fuzzer {
  private static final String MAIN = "com.code_intelligence.jazzer.Jazzer";

  // Packages whose branches guide the search. To rewrite all others too would take long.
  private static final String GUIDED =
      String.join(
          File.pathSeparator,
          "dev.carillon.application.**",
          "dev.carillon.domain.**",
          "dev.carillon.grpc.**",
          "dev.carillon.providers.**",
          "com.samskivert.mustache.**",
          "com.google.i18n.phonenumbers.**");
  private static final int LONGEST_INPUT = 2_000;
  private static final int TIMEOUT_SECONDS = 60;
  private static final Pattern DONE =
      Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)/");
  private static final int TOLD_LINES = 60;

  private final Path directory;
  private final List<String> jvmOptions;

  /// @param directory for what it writes: its output, and the inputs that broke something
  Fuzzer(Path directory, List<String> jvmOptions) {
    this.directory = directory;
    this.jvmOptions = List.copyOf(jvmOptions);
  }

  /// Tries so many inputs, the same ones for the same seed.
  ///
  /// @param seed 0 for one that is drawn, and printed
  Run run(Class<?> target, int inputs, int seed) throws IOException, InterruptedException {
    Path own = Files.createDirectories(directory.resolve(target.getSimpleName()));
    Path output = own.resolve("output.txt");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command(target, inputs, seed, own))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Thread ending = new Thread(process::destroyForcibly, "fuzzer-ending");
    Runtime.getRuntime().addShutdownHook(ending);
    int exit = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(ending);
    return new Run(target.getSimpleName(), exit, (System.nanoTime() - start) / 1e9, output);
  }

  private List<String> command(Class<?> target, int inputs, int seed, Path own) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.add("--target_class=" + target.getName());
    command.add("--instrumentation_includes=" + GUIDED);
    command.add("--custom_hook_includes=" + GUIDED);
    command.add("--reproducer_path=" + own);
    command.add("-artifact_prefix=" + own + File.separator);
    command.add("-runs=" + inputs);
    command.add("-seed=" + seed);
    command.add("-max_len=" + LONGEST_INPUT);
    command.add("-timeout=" + TIMEOUT_SECONDS);
    return command;
  }

  /// What came of it.
  ///
  /// @param exit 0 if nothing was found
  record Run(String target, int exit, double seconds, Path output) {
    /// Inputs that were tried when it ended by itself; 0 when it did not.
    int inputs() {
      return Integer.parseInt(figure(1));
    }

    /// Branches that were reached.
    int branches() {
      return Integer.parseInt(figure(2));
    }

    /// The end of what Jazzer printed: what was found, and the input in Base64.
    String told() {
      List<String> lines = printed().lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
    }

    private String figure(int group) {
      Matcher done = DONE.matcher(printed());
      return done.find() ? done.group(group) : "0";
    }

    private String printed() {
      try {
        return Files.readString(output, StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return "%s: %,d inputs in %.0f s, %,d branches reached"
          .formatted(target, inputs(), seconds, branches());
    }
  }
}
