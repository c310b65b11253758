package dev.carillon.benchmarks.node;

import dev.carillon.benchmarks.house.ProcessMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One node: `serve` by a Java process of its own, on this process's class path. It ends with this
/// process at the latest.
public final class NodeProcess implements AutoCloseable {
  private static final String MAIN = "dev.carillon.bootstrap.Main";
  private static final String OUR_VARIABLES = "CARILLON_";
  private static final Pattern BANNER = Pattern.compile("serves at \\S+:(\\d+)");
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private final Process process;
  private final Path output;
  private final Thread ending;
  private final CompilerThreads compilers;
  private volatile int port;

  private NodeProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.compilers = new CompilerThreads(process.pid());
    this.ending = new Thread(process::destroyForcibly, "node-ending");
    Runtime.getRuntime().addShutdownHook(ending);
  }

  /// Starts one, and does not wait for it.
  ///
  /// @param output the file that all it prints is written to
  /// @param environment its configuration; what this process was given of its own does not count
  /// @param jvmOptions such as `-Xmx256m`
  public static NodeProcess start(
      Path output, Map<String, String> environment, List<String> jvmOptions) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dguice_bytecode_gen_option=DISABLED");
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", ServiceClassPath.get(), MAIN, "serve"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith(OUR_VARIABLES));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new NodeProcess(builder.start(), output);
  }

  /// Whether Java can share the classes of nodes between processes (`-XX:SharedArchiveFile`).
  public static boolean canShareClasses() {
    return ServiceClassPath.inJar();
  }

  /// Waits until it has answered a call of its own, which it says in its banner; the port that it
  /// serves at.
  public int awaitPort(Duration patience)
      throws IOException, InterruptedException, TimeoutException {
    long end = System.nanoTime() + patience.toNanos();
    while (!hasServed()) {
      if (!process.isAlive()) {
        throw new IOException("a node ended with %d: %s".formatted(process.exitValue(), printed()));
      }
      if (System.nanoTime() > end) {
        throw new TimeoutException("a node does not serve after " + patience);
      }
      Thread.sleep(LOOK_AGAIN);
    }
    return port;
  }

  /// The port that it serves at; empty while it does not, and when it has ended.
  public OptionalInt port() throws IOException {
    return hasServed() && process.isAlive() ? OptionalInt.of(port) : OptionalInt.empty();
  }

  /// Ends it as a power cut would (SIGKILL); it is gone when this returns. False when it had ended
  /// by itself.
  public boolean kill() throws InterruptedException {
    boolean lived = process.isAlive();
    process.destroyForcibly();
    process.waitFor();
    return lived;
  }

  /// Asks it to end (SIGTERM) and waits; its exit code.
  public int stop(Duration patience) throws InterruptedException, TimeoutException {
    process.destroy();
    if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException("a node does not end after " + patience);
    }
    return process.exitValue();
  }

  /// Its process id.
  public long pid() {
    return process.pid();
  }

  /// CPU that it has used so far; zero where the system does not tell.
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// CPU that its JIT compilers were seen to have used so far, in seconds; 0 where the system does
  /// not tell.
  public double compilerSeconds() throws IOException {
    return compilers.seconds();
  }

  /// The most resident memory that it has had so far, in bytes; 0 where the system does not tell.
  public long peakRssBytes() {
    return ProcessMemory.peakRssOf(process.pid());
  }

  /// All that it has printed.
  public String printed() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /// Asks it to end, and kills it when it does not.
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(STOP_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeAtOnce();
  }

  /// Kills it if it is still there, and does not wait.
  public void closeAtOnce() {
    process.destroyForcibly();
    forget();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException ignored) {
      return; // this process is ending, and the hook runs
    }
  }

  private boolean hasServed() throws IOException {
    if (port == 0) {
      Matcher banner = BANNER.matcher(printed());
      if (banner.find()) {
        port = Integer.parseInt(banner.group(1));
      }
    }
    return port > 0;
  }
}
