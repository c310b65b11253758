package dev.carillon.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LauncherIT {
  @Test
  void anUnknownCommandShowsTheUsageAndIsTwo() throws Exception {
    Run run = launch("sing");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.text()).contains("there is no command 'sing'", "usage: ./carillon <command>");
  }

  @Test
  void helpIsHelpAndNoCommandIsToo() throws Exception {
    assertThat(launch("help").code()).isZero();
    assertThat(launch().text()).contains("serve", "demo", "key", "config", "CARILLON_JAVA_OPTS");
  }

  @Test
  void tellsItsVersionWithoutBeingBuilt() throws Exception {
    assertThat(launch("version").text()).matches("carillon \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\s*");
  }

  private static Run launch(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of("..", "carillon").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), text);
  }

  private record Run(int code, String text) {}
}
