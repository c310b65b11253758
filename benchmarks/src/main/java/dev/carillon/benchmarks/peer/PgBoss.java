package dev.carillon.benchmarks.peer;

import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresAccess;
import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresMeter.Reading;
import dev.carillon.benchmarks.postgres.Spent;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// pg-boss, the fastest of the PostgreSQL job queues that the house was compared with, run by
/// Node.js in a process of its own at the version that its lock names.
public final class PgBoss {
  private static final Pattern SECONDS = Pattern.compile("\"seconds\":([0-9.]+)");
  private static final Pattern VERSION = Pattern.compile("\"version\":\"([^\"]+)\"");
  private static final String JDBC = "jdbc:postgresql://";

  private final Path directory;
  private final Postgres postgres;

  private PgBoss(Path directory, Postgres postgres) {
    this.directory = directory;
    this.postgres = postgres;
  }

  /// Installs it where its lock lies.
  ///
  /// @throws MissingPeerException when npm is not at hand or cannot install it
  public static PgBoss installed(Path directory, Postgres postgres) throws InterruptedException {
    if (!Files.exists(directory.resolve("package-lock.json"))) {
      throw new MissingPeerException("there is no package-lock.json in " + directory);
    }
    PgBoss boss = new PgBoss(directory, postgres);
    try {
      boss.run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    } catch (IOException e) {
      throw new MissingPeerException("npm could not install it: " + e.getMessage());
    }
    return boss;
  }

  /// Stores jobs in an empty queue.
  public Run enqueue(int jobs) throws IOException, InterruptedException, SQLException {
    drop();
    return phase("enqueue", Integer.toString(jobs));
  }

  /// Works off what was stored, and checks that every job is completed.
  public Run process(int jobs, int batch, int workers)
      throws IOException, InterruptedException, SQLException {
    return phase(
        "process", Integer.toString(jobs), Integer.toString(batch), Integer.toString(workers));
  }

  /// Takes its tables away.
  public void drop() throws IOException, InterruptedException {
    run("node", "pg-boss.mjs", "drop");
  }

  private Run phase(String name, String... arguments)
      throws IOException, InterruptedException, SQLException {
    String[] command = new String[arguments.length + 3];
    command[0] = "node";
    command[1] = "pg-boss.mjs";
    command[2] = name;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    try (PostgresMeter meter = PostgresMeter.of(postgres)) {
      Reading start = meter.read();
      String answer = run(command);
      Spent spent = meter.since(start).withSeconds(Double.parseDouble(found(SECONDS, answer)));
      return new Run(found(VERSION, answer), spent);
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(directory.toFile());
    builder.environment().put("DATABASE_URL", url(postgres.access()));
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + output);
    }
    return output;
  }

  private static String found(Pattern pattern, String answer) throws IOException {
    Matcher matcher = pattern.matcher(answer);
    if (!matcher.find()) {
      throw new IOException("not understood: " + answer);
    }
    return matcher.group(1);
  }

  private static String url(PostgresAccess access) {
    return "postgres://%s:%s@%s"
        .formatted(
            encoded(access.user()),
            encoded(access.password()),
            access.jdbcUrl().substring(JDBC.length()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// One phase.
  ///
  /// @param version of pg-boss
  /// @param spent its own seconds, and what PostgreSQL spent from the start of its process to its
  ///   end
  public record Run(String version, Spent spent) {}
}
