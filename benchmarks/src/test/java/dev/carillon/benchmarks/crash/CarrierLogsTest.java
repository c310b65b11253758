package dev.carillon.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.benchmarks.crash.CarrierLogs.HandOver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CarrierLogsTest {
  private static final String TIME = "2026-01-02T03:04:05.678901Z";
  private static final String DIGEST = "2c".repeat(32);

  @TempDir Path directory;

  @Test
  void readsOnFromWhereItWasAndLeavesATornLineForLater() throws IOException {
    CarrierLogs logs = new CarrierLogs();
    Path log = directory.resolve("carrier.log");
    logs.readOn(log);
    write(
        log,
        line("7.0.12", 1, "REFUSED")
            + line("7.0.12", 2, "TAKEN POSSIBLE_DUPLICATE").substring(0, 40));
    logs.readOn(log);
    assertThat(logs.of(7, 12)).containsExactly(handOver(1, false, false));

    write(log, line("7.0.12", 2, "TAKEN POSSIBLE_DUPLICATE").substring(40));
    logs.readOn(log);
    assertThat(logs.of(7, 12)).containsExactly(handOver(1, false, false), handOver(2, true, true));
    assertThat(logs.of(7, 13)).isEmpty();
  }

  @Test
  void putsTheLogsOfAllNodesTogether() throws IOException {
    CarrierLogs logs = new CarrierLogs();
    for (String name : new String[] {"one.log", "other.log"}) {
      Path log = directory.resolve(name);
      write(log, line("7.0.12", 1, "TAKEN"));
      logs.readOn(log);
    }
    assertThat(logs.of(7, 12)).hasSize(2);
  }

  @Test
  void refusesWhatIsNoLine() throws IOException {
    Path log = directory.resolve("carrier.log");
    write(log, "nothing of the kind\n");
    assertThatThrownBy(() -> new CarrierLogs().readOn(log)).isInstanceOf(CrashViolation.class);
  }

  private static HandOver handOver(int attempt, boolean taken, boolean possibleDuplicate) {
    return new HandOver(Instant.parse(TIME), attempt, taken, possibleDuplicate);
  }

  private static String line(String ref, int attempt, String verdict) {
    return String.join(" ", TIME, ref, Integer.toString(attempt), DIGEST, verdict) + "\n";
  }

  private static void write(Path log, String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
