package dev.carillon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.persistence.embedded.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The crash test, in short: nodes are killed while jobs run, and nothing is lost, doubled or
/// miscounted. What it prints on failure has the seed and the command that repeats the round.
final class CrashRoundsIT {
  private static final int ROUNDS = 10;

  @Test
  @Timeout(600)
  void everyPromiseIsKeptThroughRoundsOfKilledNodes() {
    StringWriter output = new StringWriter();
    int code;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary(Map.of("max_connections", "100"))) {
      code =
          Main.run(
              new PrintWriter(output, true),
              "crash",
              "--rounds=" + ROUNDS,
              "--nodes=1-2",
              "--jdbc-url=" + postgres.jdbcUrl("postgres"),
              "--user=" + postgres.user(),
              "--password=" + postgres.password());
    }
    assertThat(code).as("%s", output).isZero();
    assertThat(output.toString())
        .contains("round %3d".formatted(ROUNDS))
        .contains("unanswered for each node killed");
  }
}
