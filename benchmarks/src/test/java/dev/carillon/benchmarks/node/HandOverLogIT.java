package dev.carillon.benchmarks.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.benchmarks.node.HandOverLog.HandOver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HandOverLogIT {
  private static final String DIGEST = "ab".repeat(32);
  private static final String TAKEN = "2026-01-02T03:04:05.678901Z 7.0.12 1 " + DIGEST + " TAKEN\n";
  private static final String REFUSED = "2026-01-02T03:04:06Z 8.2.1012 2 " + DIGEST + " REFUSED\n";

  private static final String AGAIN =
      "2026-01-02T03:04:07Z 8.2.1012 3 " + DIGEST + " TAKEN POSSIBLE_DUPLICATE\n";

  private @TempDir Path directory = Path.of("");

  @Test
  void linesAreTheCarriersOwn() throws IOException {
    assertThat(read(TAKEN + REFUSED + AGAIN))
        .containsExactly(
            new HandOver(Instant.parse("2026-01-02T03:04:05.678901Z"), 7, 12, true),
            new HandOver(Instant.parse("2026-01-02T03:04:06Z"), 8, 1012, false),
            new HandOver(Instant.parse("2026-01-02T03:04:07Z"), 8, 1012, true));
  }

  @Test
  void aLastLineThatAKilledNodeDidNotFinishIsLeftOut() throws IOException {
    for (int end = 1; end < REFUSED.length() - 1; end++) {
      assertThat(read(TAKEN + REFUSED.substring(0, end))).as("cut at %d", end).hasSize(1);
    }
  }

  @Test
  void anythingElseIsNoLog() {
    assertThatThrownBy(() -> read("something else\n" + TAKEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<HandOver> read(String text) throws IOException {
    Path file = directory.resolve("log");
    Files.writeString(file, text);
    List<HandOver> read = new ArrayList<>();
    new HandOverLog(file).forEach(read::add);
    return read;
  }
}
